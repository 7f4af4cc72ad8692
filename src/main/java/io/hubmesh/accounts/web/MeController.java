package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Credentials;
import io.hubmesh.accounts.LiveSession;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.Items;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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
    private final Credentials credentials;
    private final Sessions sessions;
    private final PasswordChange change;

    MeController(Accounts accounts, Credentials credentials, Sessions sessions, PasswordChange change) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.sessions = sessions;
        this.change = change;
    }

    record Passwords(@Nullable String current, @Nullable String next) {}

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
            @RequestBody Passwords passwords,
            HttpServletRequest request,
            HttpServletResponse response) {
        change.apply(subject, passwords.current(), passwords.next(), request, response);
    }

    @GetMapping("/sessions")
    Items<LiveSession> sessions(Subject subject) {
        return new Items<>(sessions.of(subject.accountId()));
    }

    /** Signs out everywhere, here too. */
    @DeleteMapping("/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOutEverywhere(Subject subject) {
        credentials.signOutEverywhere(subject.accountId());
    }

    @DeleteMapping("/sessions/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Subject subject, @PathVariable UUID session) {
        sessions.end(subject.accountId(), session);
    }
}
