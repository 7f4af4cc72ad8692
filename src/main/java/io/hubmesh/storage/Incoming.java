package io.hubmesh.storage;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A content that is arriving: written and hashed in one pass. Closing it before {@link #finish} throws away what has
 * come.
 */
public final class Incoming implements AutoCloseable {

    private final Blobs blobs;
    private final Path file;
    private final long size;
    private final ChunkHasher hasher;
    private final FileChannel channel;
    private long received;

    Incoming(Blobs blobs, Path file, long size) throws IOException {
        this.blobs = blobs;
        this.file = file;
        this.size = size;
        this.hasher = new ChunkHasher(ChunkSize.of(size));
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** @throws ProblemException too-large when more arrives than was announced, storage-full when the disk is */
    public void write(byte[] bytes, int offset, int length) {
        if (received + length > size) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "More bytes arrived than the " + size + " that were announced.");
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException cause) {
            throw new ProblemException(ProblemCode.STORAGE_FULL, cause);
        }
        hasher.update(bytes, offset, length);
        received += length;
    }

    /**
     * Makes the content part of what the hub holds. When this returns, it is on the disk.
     *
     * @throws ProblemException upload-incomplete when fewer bytes arrived than were announced
     */
    public Manifest finish() {
        if (received != size) {
            throw new ProblemException(
                    ProblemCode.UPLOAD_INCOMPLETE,
                    "Only " + received + " of " + size + " bytes arrived; nothing was kept. Send the file again.");
        }
        Manifest manifest = hasher.finish();
        try {
            channel.force(true);
            channel.close();
            blobs.keep(file, manifest);
        } catch (IOException cause) {
            throw new ProblemException(ProblemCode.STORAGE_FULL, cause);
        }
        return manifest;
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException leftForTheNextStart) {
            // an unfinished file is removed when the hub starts again
        }
    }
}
