package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;
import java.util.UUID;

/** An access token has ended. */
public record TokenWithdrawn(AccountId account, UUID token, String name) {}
