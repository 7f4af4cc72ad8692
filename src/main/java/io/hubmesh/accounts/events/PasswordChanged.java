package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;

/** An account has another password. */
public record PasswordChanged(AccountId account) {}
