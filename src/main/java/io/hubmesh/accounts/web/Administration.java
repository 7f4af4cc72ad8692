package io.hubmesh.accounts.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What only administrators reach: the one list of its paths. */
final class Administration {

    private static final String[] PATHS = {
        "/administration/**",
        "/api/v1/accounts/**",
        "/api/v1/audit/**",
        "/api/v1/egress/**",
        "/api/v1/groups/**",
        "/api/v1/matrix",
        "/api/v1/mesh/settings",
        "/api/v1/library/settings",
        "/api/v1/measurement/settings",
        "/api/v1/mesh/peers/**",
        "/api/v1/operations/**",
        "/actuator/prometheus"
    };

    static final RequestMatcher REQUESTS = AnyPath.of(PATHS);

    private Administration() {}

    static boolean isAskedBy(HttpServletRequest request) {
        return REQUESTS.matches(request);
    }
}
