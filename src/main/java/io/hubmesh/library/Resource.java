package io.hubmesh.library;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A folder or a file of the library.
 *
 * @param parent null for the top folder only
 * @param file what a file holds; null for a folder
 * @param peerDelivery whether peers may fetch it from each other; managers switch it
 */
public record Resource(
        ResourceId id,
        @Nullable ResourceId parent,
        String name,
        @Nullable FileVersion file,
        boolean peerDelivery,
        Instant changedAt) {

    /**
     * The present version of a file.
     *
     * @param size in bytes
     * @param mediaType a media type without parameters, for example {@code video/mp4}
     * @param sha256 of the whole file, lower-case hexadecimal
     */
    public record FileVersion(ContentId contentId, long size, String mediaType, String sha256) {}

    public boolean isFolder() {
        return file == null;
    }
}
