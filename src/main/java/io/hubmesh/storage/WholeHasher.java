package io.hubmesh.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The plain SHA-256 of a file that is being written, made beside the writing on another thread. It reads what has been written back
 * from the kernel's memory: so it needs no queue, never holds up the writer, and after a restart of the hub catches up by itself, while more
 * bytes come. What may still be taken back must not be shown to it.
 */
final class WholeHasher {

    /** Read at a time, and how far it may be behind before it is worth a thread. In bytes. */
    static final int STEP = 256 * 1024;

    private final Path file;
    private final int step;
    private final Executor threads;
    private final MessageDigest digest = MerkleTree.sha256();
    private final AtomicBoolean running = new AtomicBoolean();
    private final ReentrantLock hashing = new ReentrantLock();
    private volatile long limit;
    private volatile long hashed;

    /** @param size that the file will have, in bytes */
    WholeHasher(Path file, long size, Executor threads) {
        this.file = file;
        this.step = (int) Math.min(STEP, size);
        this.threads = threads;
    }

    /** Tells that the file stands up to there, for good. */
    void follow(long written) {
        limit = written;
        if (written - hashed >= STEP && running.compareAndSet(false, true)) {
            try {
                threads.execute(this::run);
            } catch (RejectedExecutionException hubStops) {
                running.set(false);
            }
        }
    }

    /** The digest of the file's first {@code size} bytes. It is of no use afterwards. */
    byte[] finish(long size) throws IOException {
        limit = size;
        catchUp();
        return digest.digest();
    }

    private void run() {
        try {
            catchUp();
        } catch (IOException again) {
            // whoever finishes reads on from where this stopped, and meets it again
        } finally {
            running.set(false);
        }
    }

    private void catchUp() throws IOException {
        hashing.lock();
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] bytes = new byte[step];
            while (hashed < limit) {
                int wanted = (int) Math.min(bytes.length, limit - hashed);
                int count = from.read(ByteBuffer.wrap(bytes, 0, wanted), hashed);
                if (count <= 0) {
                    throw new EOFException(file + " is shorter than what was written to it");
                }
                digest.update(bytes, 0, count);
                hashed += count;
            }
        } finally {
            hashing.unlock();
        }
    }
}
