package io.hubmesh.accounts.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.accounts.AccessToken;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.CreatedAccount;
import io.hubmesh.accounts.Credentials;
import io.hubmesh.accounts.LiveSession;
import io.hubmesh.accounts.NewAccount;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.Items;
import io.hubmesh.web.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** Accounts, for administrators. */
@RestController
@RequestMapping(AccountsController.HERE)
class AccountsController {

    static final String HERE = "/api/v1/accounts";

    private final Accounts accounts;
    private final Credentials credentials;
    private final Sessions sessions;
    private final AccessTokens tokens;

    AccountsController(Accounts accounts, Credentials credentials, Sessions sessions, AccessTokens tokens) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    record Wanted(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String password,
            @Nullable Role role,
            @Nullable Boolean mustChangePassword) {

        NewAccount toAccount() {
            if (name == null) {
                throw new ProblemException(ProblemCode.INVALID_NAME, "Give the account a name.");
            }
            return new NewAccount(
                    name,
                    displayName == null ? name : displayName,
                    password,
                    role == null ? Role.MEMBER : role,
                    mustChangePassword == null ? password == null : mustChangePassword);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Made(AccountResource account, @Nullable String generatedPassword) {}

    record Change(
            @Nullable Boolean enabled,
            @Nullable Role role,
            @Nullable String displayName) {}

    record Reset(String generatedPassword) {}

    /** @param find leaves out whose name and display name do not contain it */
    @GetMapping
    ResponseEntity<Items<AccountResource>> all(
            @RequestParam(defaultValue = "") String find,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Part part = Part.of(cursor, limit);
        return part.answer(
                find.isEmpty() ? HERE : HERE + "?find=" + UriUtils.encode(find, StandardCharsets.UTF_8),
                accounts.after(part.after(), part.wanted(), find),
                Account::name,
                AccountResource::of);
    }

    @PostMapping
    ResponseEntity<Made> create(@RequestBody Wanted wanted) {
        CreatedAccount created = accounts.create(wanted.toAccount());
        return ResponseEntity.created(URI.create(HERE + "/" + created.account().id()))
                .body(new Made(AccountResource.of(created.account()), created.generatedPassword()));
    }

    @GetMapping("/{id}")
    AccountResource one(@PathVariable String id) {
        return AccountResource.of(find(id));
    }

    /** Changes what is given, all or nothing. */
    @PatchMapping("/{id}")
    AccountResource change(@PathVariable String id, @RequestBody Change change) {
        if (change.enabled() == null && change.role() == null && change.displayName() == null) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "Say what to change: enabled, role or displayName.");
        }
        return AccountResource.of(
                accounts.change(AccountId.of(id), change.enabled(), change.role(), change.displayName()));
    }

    /** Has the hub make a password, told only here; the account has to choose another before anything else. */
    @PostMapping("/{id}/password")
    Reset resetPassword(@PathVariable String id) {
        return new Reset(credentials.reset(AccountId.of(id)));
    }

    @GetMapping("/{id}/sessions")
    Items<LiveSession> sessions(@PathVariable String id) {
        return new Items<>(sessions.of(find(id).id()));
    }

    @DeleteMapping("/{id}/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOutEverywhere(@PathVariable String id) {
        credentials.signOutEverywhere(AccountId.of(id));
    }

    @DeleteMapping("/{id}/sessions/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String id, @PathVariable UUID session) {
        sessions.end(AccountId.of(id), session);
    }

    @GetMapping("/{id}/tokens")
    Items<AccessToken> tokens(@PathVariable String id) {
        return new Items<>(tokens.of(find(id).id()));
    }

    @DeleteMapping("/{id}/tokens/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String id, @PathVariable UUID token) {
        tokens.revoke(AccountId.of(id), token);
    }

    private Account find(String id) {
        return accounts.find(AccountId.of(id)).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }
}
