package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;

/** The hub has ended a session: its account was disabled, or got another role or password. */
public record SessionEnded(AccountId account) {}
