package io.hubmesh.accounts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A personal access token: lets a script act for its owner. The secret is told once, when it is made.
 *
 * @param expiresAt from when on it is refused; null for never
 * @param lastUsedAt when it was used last, to the minute; null for never
 */
public record AccessToken(
        UUID id,
        String name,
        TokenScope scope,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
