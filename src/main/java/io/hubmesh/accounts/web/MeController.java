package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(Subject subject, @RequestBody PasswordChange change) {
        if (change.current() == null || change.next() == null) {
            throw new ProblemException(ProblemCode.INVALID_PASSWORD, "Give the current password and the next one.");
        }
        accounts.changePassword(subject, change.current(), change.next());
    }
}
