package io.hubmesh.web;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * The framework's own mapping, with an index before its choice: it holds every request whose path has a variable against all mappings there are. Where
 * exactly one of those that the index names matches, that is its choice; in every other case it chooses itself.
 */
final class RoutedMapping extends RequestMappingHandlerMapping {

    private record Known(Map<RequestMappingInfo, HandlerMethod> handlers, Routes<RequestMappingInfo> routes) {

        static Known of(Map<RequestMappingInfo, HandlerMethod> handlers) {
            Routes<RequestMappingInfo> routes = new Routes<>();
            for (RequestMappingInfo mapping : handlers.keySet()) {
                mapping.getPatternValues().forEach(pattern -> routes.add(pattern, mapping));
            }
            return new Known(Map.copyOf(handlers), routes);
        }
    }

    /** Before the mapping of {@code /actuator}, which holds every request against each of its own and comes before all by the framework's choice. */
    private static final int ORDER = -101;

    private volatile Known known = Known.of(Map.of());

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> handlers) {
        super.handlerMethodsInitialized(handlers);
        known = Known.of(handlers);
    }

    @Override
    public void registerMapping(RequestMappingInfo mapping, Object handler, Method method) {
        super.registerMapping(mapping, handler, method);
        known = Known.of(getHandlerMethods());
    }

    @Override
    public void unregisterMapping(RequestMappingInfo mapping) {
        super.unregisterMapping(mapping);
        known = Known.of(getHandlerMethods());
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String lookupPath, HttpServletRequest request)
            throws Exception {
        Known now = known;
        HandlerMethod handler = null;
        RequestMappingInfo match = null;
        for (RequestMappingInfo candidate : now.routes.of(
                ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication())) {
            RequestMappingInfo found = getMatchingMapping(candidate, request);
            if (found != null && match != null) {
                return super.lookupHandlerMethod(lookupPath, request);
            }
            if (found != null) {
                match = found;
                handler = now.handlers.get(candidate);
            }
        }
        if (handler == null || match == null) {
            return super.lookupHandlerMethod(lookupPath, request);
        }
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, handler);
        handleMatch(match, lookupPath, request);
        return handler;
    }
}
