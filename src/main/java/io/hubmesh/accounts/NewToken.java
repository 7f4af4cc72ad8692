package io.hubmesh.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says to have a token made.
 *
 * @param expiresAt from when on it is to be refused; null for never
 */
public record NewToken(
        String name, TokenScope scope, @Nullable Instant expiresAt) {}
