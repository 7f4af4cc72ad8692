package io.hubmesh.accounts.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.CreatedAccount;
import io.hubmesh.accounts.NewAccount;
import io.hubmesh.accounts.Role;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.Items;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts, for administrators. */
@RestController
@RequestMapping("/api/v1/accounts")
class AccountsController {

    private final Accounts accounts;

    AccountsController(Accounts accounts) {
        this.accounts = accounts;
    }

    record Wanted(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String password,
            @Nullable Role role) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Made(AccountResource account, @Nullable String generatedPassword) {}

    record Change(@Nullable Boolean enabled) {}

    @GetMapping
    Items<AccountResource> all() {
        return new Items<>(accounts.all().stream().map(AccountResource::of).toList());
    }

    @PostMapping
    ResponseEntity<Made> create(@RequestBody Wanted wanted) {
        String name = wanted.name();
        if (name == null) {
            throw new ProblemException(ProblemCode.INVALID_NAME, "Give the account a name.");
        }
        CreatedAccount created = accounts.create(new NewAccount(
                name,
                wanted.displayName() == null ? name : wanted.displayName(),
                wanted.password(),
                wanted.role() == null ? Role.MEMBER : wanted.role()));
        return ResponseEntity.created(
                        URI.create("/api/v1/accounts/" + created.account().name()))
                .body(new Made(AccountResource.of(created.account()), created.generatedPassword()));
    }

    @GetMapping("/{name}")
    AccountResource one(@PathVariable String name) {
        return AccountResource.of(find(name));
    }

    @PatchMapping("/{name}")
    AccountResource change(@PathVariable String name, @RequestBody Change change) {
        Boolean enabled = change.enabled();
        if (enabled == null) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "Say what to change: enabled true or false.");
        }
        return AccountResource.of(accounts.setEnabled(find(name).id(), enabled));
    }

    private Account find(String name) {
        return accounts.findByName(name).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }
}
