package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;

/** An account that was disabled is let in again. */
public record AccountEnabled(AccountId account) {}
