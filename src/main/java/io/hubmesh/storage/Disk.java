package io.hubmesh.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the hub asks of the disk while bytes arrive; a seam, so that a test can have a disk that is full or loses power. */
interface Disk {

    /** The machine's own. */
    Disk REAL = new Disk() {};

    /** Writes all of it. */
    default void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long next = position;
        while (bytes.hasRemaining()) {
            next += file.write(bytes, next);
        }
    }

    /** When it returns, what was written to the file lasts through a loss of power. */
    default void force(FileChannel file) throws IOException {
        file.force(false);
    }

    /** How many bytes a new file could have at most. */
    default long room(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }
}
