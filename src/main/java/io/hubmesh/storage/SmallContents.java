package io.hubmesh.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hubmesh.kernel.ContentId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of small contents that are asked for again and again: to open, read and close their file costs a twentieth of what the hub computes for an answer. A
 * content never changes, for its id is made from it. Whether the hub still holds it is for the disk to say, before this is asked.
 */
final class SmallContents {

    /** What goes out in one call with the head of its answer, as {@code web.HubEndpoint} has it. In bytes. */
    static final int LARGEST = 16 * 1024;

    /** In bytes, of a heap that may have 256 MB: some hundreds of the largest. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    /** What an entry costs beside its bytes, roughly; bounds how many tiny ones there are. In bytes. */
    private static final int ENTRY_BYTES = 256;

    private final Cache<ContentId, ByteBuffer> contents = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((ContentId content, ByteBuffer bytes) -> bytes.capacity() + ENTRY_BYTES)
            .executor(Runnable::run)
            .build();

    /**
     * All bytes of a content, not to be written to.
     *
     * @param file that should hold them
     * @return null when it is too large, or the file holds something else: that is for whoever reads the file to meet
     */
    @Nullable
    ByteBuffer of(Manifest content, Path file) {
        if (content.size() > LARGEST) {
            return null;
        }
        ByteBuffer known = contents.getIfPresent(content.contentId());
        return known != null ? known : read(content, file);
    }

    /** Compared with its hash, so that a damaged file that is mended later is not remembered as it was. */
    private @Nullable ByteBuffer read(Manifest content, Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            if (!HexFormat.of().formatHex(MerkleTree.sha256().digest(bytes)).equals(content.sha256())) {
                return null;
            }
            ByteBuffer read = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            contents.put(content.contentId(), read);
            return read;
        } catch (IOException unreadable) {
            return null;
        }
    }
}
