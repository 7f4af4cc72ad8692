package io.hubmesh.delivery.uploads;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way into a folder, that can be gone on with.
 *
 * @param account whose it is; it is nobody else's business
 * @param size in bytes
 * @param resource the file in the library, once it is there
 * @param expiresAt when it is forgotten, unless more comes
 */
public record Upload(
        UUID id,
        AccountId account,
        ResourceId folder,
        String name,
        String mediaType,
        long size,
        @Nullable ResourceId resource,
        Instant expiresAt) {}
