package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;

/** An account may no longer do anything; its sessions and tokens have ended. */
public record AccountDisabled(AccountId account) {}
