package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Role;
import java.time.Instant;

/** An account as the API tells it. */
record AccountResource(String id, String name, String displayName, Role role, boolean enabled, Instant createdAt) {

    static AccountResource of(Account account) {
        return new AccountResource(
                account.id().toString(),
                account.name(),
                account.displayName(),
                account.role(),
                account.enabled(),
                account.createdAt());
    }
}
