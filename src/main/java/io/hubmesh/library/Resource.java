package io.hubmesh.library;

import io.hubmesh.kernel.AccountId;
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
 * @param revision rises with every change of the resource itself
 */
public record Resource(
        ResourceId id,
        @Nullable ResourceId parent,
        String name,
        @Nullable FileVersion file,
        boolean peerDelivery,
        Change lastChange,
        long revision) {

    /** What can happen to a resource while it stays the same one. */
    public enum Deed {
        CREATED,
        RENAMED,
        MOVED,
        REPLACED,
        RESTORED,
        PEER_DELIVERY
    }

    /** @param by null where it happened before the hub kept that */
    public record Change(Deed deed, @Nullable AccountId by, Instant at) {}

    /**
     * A version of a file.
     *
     * @param number 1 for the first
     * @param size in bytes
     * @param mediaType a media type without parameters, for example {@code video/mp4}
     * @param sha256 of the whole file, lower-case hexadecimal
     * @param by who brought it; null where it came before the hub kept that
     */
    public record FileVersion(
            int number,
            ContentId contentId,
            long size,
            String mediaType,
            String sha256,
            @Nullable AccountId by,
            Instant at) {

        /** The same content, brought again. */
        FileVersion numbered(int next, AccountId who, Instant when) {
            return new FileVersion(next, contentId, size, mediaType, sha256, who, when);
        }
    }

    public boolean isFolder() {
        return file == null;
    }

    /** Whether it is a file of exactly these bytes. */
    boolean holds(ContentId content) {
        return file != null && file.contentId().equals(content);
    }

    public Instant changedAt() {
        return lastChange.at();
    }
}
