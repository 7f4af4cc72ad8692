package io.hubmesh.accounts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a token's secret stands for.
 *
 * @param signedIn its owner
 * @param expiresAt from when on it is refused; null for never
 */
public record Recognised(
        SignedIn signedIn,
        UUID token,
        TokenScope scope,
        @Nullable Instant expiresAt) {

    boolean standsAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
