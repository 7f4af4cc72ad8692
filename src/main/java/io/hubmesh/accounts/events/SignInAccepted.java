package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;

/** Somebody has signed in. */
public record SignInAccepted(AccountId account) {}
