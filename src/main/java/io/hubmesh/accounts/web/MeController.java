package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own account. */
@RestController
@RequestMapping("/api/v1/me")
class MeController {

    private final Accounts accounts;
    private final SecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

    MeController(Accounts accounts) {
        this.accounts = accounts;
    }

    record PasswordChange(
            @Nullable String current, @Nullable String next) {}

    @GetMapping
    AccountResource me(Subject subject) {
        return accounts.find(subject.accountId())
                .map(AccountResource::of)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    /** Ends every other session of the account; this one goes on. */
    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(
            Subject subject,
            @RequestBody PasswordChange change,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (change.current() == null || change.next() == null) {
            throw new ProblemException(ProblemCode.INVALID_PASSWORD, "Give the current password and the next one.");
        }
        SignedIn signedIn = accounts.changePassword(subject, change.current(), change.next());
        if (request.getSession(false) != null) {
            goOnAs(signedIn, request, response);
        }
    }

    private void goOnAs(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) {
        signedIn.eraseCredentials();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(signedIn, null, signedIn.getAuthorities()));
        SecurityContextHolder.setContext(context);
        sessions.saveContext(context, request, response);
    }
}
