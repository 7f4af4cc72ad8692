package io.hubmesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** With the index or without it, each request has the same handler, and the handler finds the same in the request. */
class RoutedMappingTests {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "DELETE", "OPTIONS");

    private static final List<String> PATHS = List.of(
            "",
            "/",
            "/things",
            "/things/",
            "/things/new",
            "/things/%6eew",
            "/things/seven",
            "/things/seven/parts",
            "/things/seven/parts/",
            "/things//parts",
            "/things/seven;v=1/parts",
            "/things/new/parts",
            "/things/12/numbered",
            "/things/twelve/numbered",
            "/things/seven/else",
            "/Things/seven",
            "/files/a/b/c",
            "/files/picture.png",
            "/either/1",
            "/or/1",
            "/nothing");

    private final RequestMappingHandlerMapping plain = new RequestMappingHandlerMapping();
    private final RoutedMapping routed = new RoutedMapping();

    @Controller
    static class Things {

        @GetMapping("/")
        void top() {}

        @GetMapping("/things")
        void all() {}

        @PostMapping("/things")
        void add() {}

        @GetMapping("/things/new")
        void fresh() {}

        @GetMapping("/things/{id}")
        void one() {}

        @PostMapping(path = "/things/{id}", params = "remove")
        void remove() {}

        @PostMapping(path = "/things/{id}", params = "!remove")
        void change() {}

        @GetMapping("/things/{id}/parts")
        void parts() {}

        @GetMapping(path = "/things/{id}/parts", produces = "text/csv")
        void partsAsTable() {}

        @GetMapping("/things/{id:\\d+}/numbered")
        void numbered() {}

        @GetMapping("/things/{id}/*")
        void rest() {}

        @GetMapping("/files/**")
        void files() {}

        @GetMapping("/files/{name}.png")
        void picture() {}

        @GetMapping({"/either/{one}", "/or/{other}"})
        void either() {}

        @RequestMapping
        void nowhere() {}
    }

    @BeforeEach
    void start() {
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        context.registerSingleton("things", Things.class);
        context.refresh();
        for (RequestMappingHandlerMapping mapping : List.of(plain, routed)) {
            mapping.setApplicationContext(context);
            mapping.afterPropertiesSet();
        }
    }

    static Stream<Arguments> requests() {
        return PATHS.stream().flatMap(path -> METHODS.stream().map(method -> Arguments.of(method, path)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theChoiceIsTheFrameworksOwn(String method, String path) {
        for (String accept : List.of("*/*", "text/csv", "image/png")) {
            for (String parameter : List.of("remove", "keep")) {
                for (boolean crossOrigin : List.of(false, true)) {
                    assertThat(answer(routed, request(method, path, accept, parameter, crossOrigin)))
                            .as("accepts %s, has %s, cross-origin: %s", accept, parameter, crossOrigin)
                            .isEqualTo(answer(plain, request(method, path, accept, parameter, crossOrigin)));
                }
            }
        }
    }

    @Test
    void whatIsMappedAndTakenAwayLaterIsKnownToo() throws Exception {
        RequestMappingInfo later = RequestMappingInfo.paths("/later/{id}")
                .options(routed.getBuilderConfiguration())
                .build();
        Method handler = Things.class.getDeclaredMethod("one");
        MockHttpServletRequest request = request("GET", "/later/1", "*/*", "keep", false);

        assertThat(routed.getHandler(request)).isNull();
        routed.registerMapping(later, new Things(), handler);
        assertThat(routed.getHandler(request))
                .extracting(RoutedMappingTests::method)
                .isEqualTo(handler);
        routed.unregisterMapping(later);
        assertThat(routed.getHandler(request)).isNull();
    }

    private static MockHttpServletRequest request(
            String method, String path, String accept, String parameter, boolean crossOrigin) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.addHeader("Accept", accept);
        request.addParameter(parameter, "yes");
        if (crossOrigin) {
            request.addHeader("Origin", "https://elsewhere.example");
            request.addHeader("Access-Control-Request-Method", "GET");
        }
        ServletRequestPathUtils.parseAndCache(request);
        return request;
    }

    /** The handler, or how the request was refused, and everything that the choice has left in the request. */
    private static String answer(RequestMappingHandlerMapping mapping, MockHttpServletRequest request) {
        String chosen;
        try {
            chosen = String.valueOf(method(mapping.getHandler(request)));
        } catch (Exception refused) {
            chosen = refused.toString();
        }
        TreeMap<String, String> left = new TreeMap<>();
        request.getAttributeNames().asIterator().forEachRemaining(name -> {
            if (name.startsWith(HandlerMapping.class.getName())) {
                left.put(name, String.valueOf(request.getAttribute(name)));
            }
        });
        return chosen + " " + left;
    }

    private static @Nullable Object method(@Nullable HandlerExecutionChain chain) {
        if (chain == null) {
            return null;
        }
        return chain.getHandler() instanceof HandlerMethod handler
                ? handler.getMethod()
                : chain.getHandler().getClass();
    }
}
