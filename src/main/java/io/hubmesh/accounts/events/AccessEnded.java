package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;

/** A session or a token of an account has ended: whatever was kept open on the strength of one is to be looked at again. */
public record AccessEnded(AccountId account) {}
