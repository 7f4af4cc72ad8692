package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;

/** Others see an account under another name. */
public record DisplayNameChanged(AccountId account, String before, String after) {}
