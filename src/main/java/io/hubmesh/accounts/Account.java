package io.hubmesh.accounts;

import io.hubmesh.kernel.AccountId;
import java.time.Instant;

/**
 * Somebody who can sign in.
 *
 * @param name what they sign in with; lower case, unique
 * @param displayName what others see
 */
public record Account(AccountId id, String name, String displayName, Role role, boolean enabled, Instant createdAt) {}
