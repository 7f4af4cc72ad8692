package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.ServletRequestPathUtils;

/** It judges every path as the framework's own matchers do. */
class AnyPathTests {

    private static final String[] PATTERNS = {
        "/sign-in", "/assets/**", "/api/v1/accounts/**", "/api/v1/matrix", "/a/*/b"
    };

    private final RequestMatcher ours = AnyPath.of(PATTERNS);
    private final RequestMatcher itsOwn = new OrRequestMatcher(Arrays.stream(PATTERNS)
            .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
            .toList());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/sign-in",
                "/sign-in/",
                "/Sign-in",
                "/sign%2din",
                "/sign-in;a=b",
                "/sign-in.html",
                "//sign-in",
                "/assets",
                "/assets/",
                "/assets/a/b",
                "/assetsx",
                "/api/v1/accounts",
                "/api/v1/accounts;x/1",
                "/api/v1//accounts",
                "/api/v1/matrix",
                "/api/v1/matrix/1",
                "/a/x/b",
                "/a//b",
                "/a/x/y/b",
                "/elsewhere"
            })
    void itIsTheSameAnswer(String path) {
        for (String context : List.of("", "/hub")) {
            for (boolean parsed : List.of(false, true)) {
                assertThat(ours.matches(request(context, path, parsed)))
                        .as("below %s, parsed before: %s", context, parsed)
                        .isEqualTo(itsOwn.matches(request(context, path, parsed)));
            }
        }
    }

    private static MockHttpServletRequest request(String context, String path, boolean parsed) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", context + path);
        request.setContextPath(context);
        if (parsed) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        return request;
    }
}
