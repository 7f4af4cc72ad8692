package io.hubmesh.storage;

import io.hubmesh.kernel.ContentId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a content, as the hub keeps them.
 *
 * @param size in bytes
 * @param sha256 of the whole, lower-case hexadecimal
 * @param path the file that holds exactly these bytes; never written to again
 * @param memory all of them, if they are in memory; not to be written to
 */
public record Blob(
        ContentId contentId,
        long size,
        String sha256,
        Path path,
        @Nullable ByteBuffer memory) {

    /** One that is on the disk alone. */
    public Blob(ContentId contentId, long size, String sha256, Path path) {
        this(contentId, size, sha256, path, null);
    }
}
