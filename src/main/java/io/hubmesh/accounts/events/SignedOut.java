package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;

/** Somebody has signed out of a session. */
public record SignedOut(AccountId account) {}
