package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.events.SessionEnded;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a session with the first request after its account was disabled or got another role or password. */
class StillWelcomeFilter extends OncePerRequestFilter {

    private final Accounts accounts;
    private final Sessions sessions;
    private final ApplicationEventPublisher events;

    StillWelcomeFilter(Accounts accounts, Sessions sessions, ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.events = events;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof SignedIn signedIn) {
            if (accounts.stillWelcome(signedIn)) {
                sessions.used(request);
            } else {
                end(request);
                events.publishEvent(new SessionEnded(signedIn.subject().accountId()));
            }
        }
        chain.doFilter(request, response);
    }

    private static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }
}
