package io.hubmesh.api.limits;

import io.hubmesh.accounts.SignedIn;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Counts the requests of whoever is signed in, and refuses those that are too many. What is left is told in {@code RateLimit} and {@code
 * RateLimit-Policy}, as in draft-ietf-httpapi-ratelimit-headers-10.
 */
class RequestLimit implements HandlerInterceptor {

    private final Limits limits;

    RequestLimit(Limits limits) {
        this.limits = limits;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Rate rate = rateOf(handler);
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && rate != Rate.UNCOUNTED
                && authentication != null
                && authentication.getPrincipal() instanceof SignedIn signedIn) {
            Limits.Verdict verdict = limits.take(signedIn.subject().accountId(), rate);
            tell(rate, verdict, response);
            if (!verdict.allowed()) {
                long seconds = seconds(verdict.next());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                throw new ProblemException(
                        ProblemCode.TOO_MANY_REQUESTS,
                        "At most " + verdict.quota() + " such requests a minute; go on in " + seconds + " s.");
            }
        }
        return true;
    }

    private static Rate rateOf(Object handler) {
        Rated rated = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Rated.class) : null;
        return rated == null ? Rate.REQUESTS : rated.value();
    }

    private static void tell(Rate rate, Limits.Verdict verdict, HttpServletResponse response) {
        String policy = '"' + rate.name().toLowerCase(Locale.ROOT) + '"';
        response.setHeader("RateLimit-Policy", policy + ";q=" + verdict.quota() + ";w=" + Limits.WINDOW.toSeconds());
        response.setHeader("RateLimit", policy + ";r=" + verdict.left() + ";t=" + seconds(verdict.full()));
    }

    /** Rather a little late than too early. */
    private static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
