package io.hubmesh.measurement.web;

import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Whether somebody whose answer goes on and on may still have it. */
@Component
class Welcomes {

    private static final String SCHEME = "Bearer ";

    private final Accounts accounts;
    private final AccessTokens tokens;

    Welcomes(Accounts accounts, AccessTokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /** True for as long as the account is let in, unchanged, and the session or token of this request lives. */
    BooleanSupplier of(Subject subject, HttpServletRequest request) {
        BooleanSupplier credentials = credentials(request);
        return () -> stillIn(subject) && credentials.getAsBoolean();
    }

    private boolean stillIn(Subject subject) {
        return accounts.find(subject.accountId())
                .filter(account -> account.enabled() && account.role() == subject.role())
                .isPresent();
    }

    private BooleanSupplier credentials(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            String secret = header.substring(SCHEME.length()).strip();
            return () -> tokens.recognise(secret).isPresent();
        }
        HttpSession session = request.getSession(false);
        return () -> isAlive(session);
    }

    private static boolean isAlive(@Nullable HttpSession session) {
        try {
            return session != null && session.getLastAccessedTime() >= 0;
        } catch (IllegalStateException ended) {
            return false;
        }
    }
}
