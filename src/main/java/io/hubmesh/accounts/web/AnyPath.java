package io.hubmesh.accounts.web;

import io.hubmesh.web.Routes;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Requests whose path matches any of some patterns, as the framework's matcher of one pattern judges it; but the path is taken from the request once, and
 * held only against those patterns that begin like it: every request meets dozens.
 */
record AnyPath(Routes<PathPattern> patterns) implements RequestMatcher {

    static AnyPath of(String... patterns) {
        Routes<PathPattern> routes = new Routes<>();
        for (String pattern : patterns) {
            routes.add(pattern, PathPatternParser.defaultInstance.parse(pattern));
        }
        return new AnyPath(routes);
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        PathContainer path = withinApplication(request);
        for (PathPattern pattern : patterns.of(path)) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static PathContainer withinApplication(HttpServletRequest request) {
        RequestPath path;
        if (ServletRequestPathUtils.hasParsedRequestPath(request)) {
            path = ServletRequestPathUtils.getParsedRequestPath(request);
        } else {
            path = ServletRequestPathUtils.parseAndCache(request);
            ServletRequestPathUtils.clearParsedRequestPath(request);
        }
        return path.subPath(path.contextPath().elements().size());
    }
}
