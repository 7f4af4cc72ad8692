package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Credentials;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.web.SignInAttempts.Attempt;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Changes the password of the one who asks, and has the session in which they ask go on. */
@Component
class PasswordChange {

    private final Credentials credentials;
    private final Sessions sessions;
    private final SignInAttempts attempts;
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    PasswordChange(Credentials credentials, Sessions sessions, SignInAttempts attempts) {
        this.credentials = credentials;
        this.sessions = sessions;
        this.attempts = attempts;
    }

    /** @throws ProblemException as {@link Credentials#change}; too-many-requests for somebody who guesses the current one */
    void apply(
            Subject subject,
            @Nullable String current,
            @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (current == null || next == null) {
            throw new ProblemException(ProblemCode.INVALID_PASSWORD, "Give the current password and the next one.");
        }
        Attempt attempt =
                new Attempt("password of " + subject.accountId(), ClientNetwork.of(request.getRemoteAddr()), null);
        if (!attempts.begin(attempt).isZero()) {
            throw new ProblemException(ProblemCode.TOO_MANY_REQUESTS);
        }
        SignedIn signedIn = credentials.change(subject, current, next, sessions.idOf(request));
        attempts.succeeded(attempt);
        if (request.getSession(false) != null) {
            request.changeSessionId();
            goOnAs(signedIn, request, response);
        }
    }

    private void goOnAs(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) {
        signedIn.eraseCredentials();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(signedIn, null, signedIn.getAuthorities()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
