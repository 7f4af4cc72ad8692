package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.events.SignInRefused;
import io.hubmesh.accounts.web.SignInAttempts.Attempt;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps guesses away from the password hash, which is costly on purpose. */
class SignInGate extends OncePerRequestFilter {

    private static final int LONGEST_NAME = 64;
    private static final String ATTEMPT = SignInGate.class.getName() + ".attempt";

    private final SignInAttempts attempts;
    private final DeviceCookie devices;
    private final ApplicationEventPublisher events;

    SignInGate(SignInAttempts attempts, DeviceCookie devices, ApplicationEventPublisher events) {
        this.attempts = attempts;
        this.devices = devices;
        this.events = events;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || !request.getServletPath().equals(Security.SIGN_IN);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String name = orEmpty(request.getParameter("name"));
        if (name.length() > LONGEST_NAME
                || orEmpty(request.getParameter("password")).length() > Accounts.LONGEST_PASSWORD) {
            response.sendRedirect(Security.SIGN_IN + "?failed");
            return;
        }
        Attempt attempt =
                new Attempt(name, ClientNetwork.of(request.getRemoteAddr()), devices.recognise(request, name));
        Duration wait = attempts.begin(attempt);
        if (wait.isZero()) {
            request.setAttribute(ATTEMPT, attempt);
            chain.doFilter(request, response);
        } else {
            events.publishEvent(new SignInRefused(name, SignInRefused.Reason.TOO_MANY));
            long seconds = wait.toSeconds() + 1;
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
            response.sendRedirect(Security.SIGN_IN + "?slow=" + seconds);
        }
    }

    /** The attempt that this request is has succeeded. */
    void succeeded(HttpServletRequest request) {
        if (request.getAttribute(ATTEMPT) instanceof Attempt attempt) {
            attempts.succeeded(attempt);
        }
    }

    private static String orEmpty(@Nullable String parameter) {
        return parameter == null ? "" : parameter;
    }
}
