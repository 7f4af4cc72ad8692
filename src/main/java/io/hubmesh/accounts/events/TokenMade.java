package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;
import java.util.UUID;

/** An account has made itself an access token. Never holds its secret. */
public record TokenMade(AccountId account, UUID token, String name) {}
