package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.events.SignInRefused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps guesses away from the password hash, which is costly on purpose. */
class SignInGate extends OncePerRequestFilter {

    private static final int LONGEST_NAME = 64;

    private final SignInAttempts attempts;
    private final ApplicationEventPublisher events;

    SignInGate(SignInAttempts attempts, ApplicationEventPublisher events) {
        this.attempts = attempts;
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
        } else if (!attempts.allowed(request.getRemoteAddr(), name)) {
            events.publishEvent(new SignInRefused(name, SignInRefused.Reason.TOO_MANY));
            response.sendRedirect(Security.SIGN_IN + "?slow");
        } else {
            chain.doFilter(request, response);
        }
    }

    static String orEmpty(@Nullable String parameter) {
        return parameter == null ? "" : parameter;
    }
}
