package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;

/** A session of an account, or all of them, were ended from elsewhere: by somebody, or by the hub because the account has changed. */
public record SessionEnded(AccountId account) {}
