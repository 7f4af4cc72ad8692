package io.hubmesh.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.events.RequestRefused;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** Tells a script what went wrong as RFC 9457 says, and a person on the error page. */
@Component
public class Problems {

    /** What is answered to those who may not, or not so much. */
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429, 507);

    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    Problems(JsonMapper json, ApplicationEventPublisher events) {
        this.json = json;
        this.events = events;
    }

    /** Whether the answer is read by a script: everything under {@code /api/}, and what watches the hub. */
    public static boolean wantsProblem(HttpServletRequest request) {
        Object forwardedFrom = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = forwardedFrom instanceof String original ? original : request.getRequestURI();
        return path.startsWith("/api/") || path.startsWith("/actuator");
    }

    /** Ends the request with this problem; for use outside of controllers. */
    public void write(HttpServletRequest request, HttpServletResponse response, ProblemCode code) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        tell(request, code);
        if (!wantsProblem(request)) {
            request.setAttribute(ErrorPage.CODE, code);
            response.sendError(code.status());
            return;
        }
        response.setStatus(code.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), detail(new ProblemException(code)));
    }

    /** Tells the other rooms when the problem is a refusal. */
    void tell(HttpServletRequest request, ProblemCode code) {
        if (REFUSALS.contains(code.status())) {
            Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            String path = pattern == null ? request.getRequestURI() : pattern.toString();
            events.publishEvent(new RequestRefused(code, request.getMethod(), path));
        }
    }

    static ProblemDetail detail(ProblemException problem) {
        ProblemDetail detail = ProblemDetail.forStatus(problem.code().status());
        detail.setType(URI.create("urn:hubmesh:problem:" + problem.code().code()));
        detail.setTitle(problem.code().title());
        detail.setDetail(problem.detail());
        detail.setProperty("code", problem.code().code());
        return detail;
    }
}
