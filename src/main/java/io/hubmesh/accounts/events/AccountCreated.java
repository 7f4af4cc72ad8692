package io.hubmesh.accounts.events;

import io.hubmesh.accounts.Role;
import io.hubmesh.kernel.AccountId;

/** There is a new account. */
public record AccountCreated(AccountId account, String name, Role role) {}
