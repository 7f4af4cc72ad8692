package io.hubmesh.storage;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A content that is arriving: written and hashed in one pass. One thread at a time may use it. After a problem of the disk it must be closed; one
 * that has a journal can then be opened again, and stands where it was certain to be.
 */
public final class Incoming implements AutoCloseable {

    /** What comes again at most when the power goes; forced on another thread while more comes. In bytes. */
    private static final long CHECKPOINT = 64L * 1024 * 1024;

    private final Blobs blobs;
    private final IncomingFolder folder;
    private final Path file;
    private final long size;
    private final @Nullable Journal journal;
    private final FileChannel channel;
    private final ChunkHasher leaves;
    private final WholeHasher whole;
    private final AtomicBoolean forcing = new AtomicBoolean();
    private final ReentrantLock checkpoints = new ReentrantLock();
    private volatile @Nullable Mark mark;
    private volatile long received;
    private @Nullable Manifest finished;
    private long asked;

    private record Mark(long received, ChunkHasher.Mark leaves) {}

    /** @param journal null for what nobody will go on with: closing it throws away what has come */
    Incoming(Blobs blobs, IncomingFolder folder, Path file, long size, @Nullable Journal journal) throws IOException {
        this.blobs = blobs;
        this.folder = folder;
        this.file = file;
        this.size = size;
        this.journal = journal;
        this.leaves = new ChunkHasher(ChunkSize.of(size), journal == null ? new byte[0] : journal.leaves());
        this.whole = new WholeHasher(file, size, folder.threads());
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (journal != null) {
            goOn(journal);
        }
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** How many bytes are written and hashed, without those that {@link #back} would take back. */
    public long offset() {
        Mark set = mark;
        return set == null ? received : set.received();
    }

    /** @throws ProblemException too-large when more arrives than was announced, storage-full when the disk is */
    public void write(byte[] bytes, int offset, int length) {
        if (received + length > size) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "More bytes arrived than the " + size + " that were announced.");
        }
        try {
            folder.disk().write(channel, ByteBuffer.wrap(bytes, offset, length), received);
        } catch (IOException cause) {
            throw new ProblemException(ProblemCode.STORAGE_FULL, cause);
        }
        synchronized (leaves) {
            leaves.update(bytes, offset, length);
            received += length;
        }
        if (mark == null) {
            settle();
        }
    }

    /** From here on, what is written can be taken back, and is not certain, until {@link #settle}. */
    public void mark() {
        mark = new Mark(received, leaves.mark());
    }

    /** Takes back what was written since {@link #mark}. */
    public void back() {
        Mark set = mark;
        if (set != null) {
            leaves.back(set.leaves());
            received = set.received();
            mark = null;
        }
    }

    /** What has been written stays. */
    public void settle() {
        mark = null;
        whole.follow(received);
        if (journal != null && received - asked >= CHECKPOINT && forcing.compareAndSet(false, true)) {
            asked = received;
            try {
                folder.threads().execute(this::checkpointBeside);
            } catch (RejectedExecutionException hubStops) {
                forcing.set(false);
            }
        }
    }

    /**
     * Makes what has come last through a loss of power. Does nothing where nobody will go on with it.
     *
     * @return how many bytes do
     * @throws ProblemException storage-full when the disk refuses
     */
    public long checkpoint() {
        if (journal == null) {
            return 0;
        }
        checkpoints.lock();
        try {
            long certain;
            byte[] fresh;
            synchronized (leaves) {
                certain = offset();
                fresh = leaves.leaves(journal.count(), Math.max(journal.count(), (int) (certain / ChunkSize.of(size))));
            }
            if (certain > journal.offset()) {
                folder.disk().force(channel);
                journal.checkpoint(certain, fresh);
            }
            return certain;
        } catch (IOException cause) {
            throw new ProblemException(ProblemCode.STORAGE_FULL, cause);
        } finally {
            checkpoints.unlock();
        }
    }

    /**
     * Makes the content part of what the hub holds. When this returns, it is on the disk. One with a journal can be asked again, also after a
     * restart.
     *
     * @throws ProblemException upload-incomplete when fewer bytes arrived than were announced
     */
    public Manifest finish() {
        if (offset() != size) {
            throw new ProblemException(
                    ProblemCode.UPLOAD_INCOMPLETE, "Only " + offset() + " of " + size + " bytes arrived.");
        }
        checkpoints.lock();
        try {
            return finished == null ? finished = end() : finished;
        } catch (IOException cause) {
            throw new ProblemException(ProblemCode.STORAGE_FULL, cause);
        } finally {
            checkpoints.unlock();
        }
    }

    private Manifest end() throws IOException {
        checkpoint();
        byte[] all = leaves.finish();
        String sha256 = HexFormat.of().formatHex(whole.finish(size));
        Manifest manifest = new Manifest(MerkleTree.contentId(size, all), size, ChunkSize.of(size), sha256, all);
        if (journal == null) {
            folder.disk().force(channel);
        } else {
            journal.checkpoint(size, leaves.leaves(journal.count(), manifest.chunkCount()));
            journal.finished(sha256);
        }
        channel.close();
        blobs.keep(file, manifest);
        return manifest;
    }

    /** Lets go of it. What has a journal stays, to be gone on with. */
    @Override
    public void close() {
        try {
            channel.close();
            if (journal == null) {
                Files.deleteIfExists(file);
            } else {
                journal.close();
            }
        } catch (IOException leftForTheNextStart) {
            // an unfinished file without a journal is removed when the hub starts again
        }
    }

    /** Forgets what is not certain, and hashes again what came of the last chunk. */
    private void goOn(Journal certain) throws IOException {
        long there = Math.min(channel.size(), certain.offset());
        if (there < certain.offset()) {
            throw new IOException(file + " has lost bytes that were certain");
        }
        channel.truncate(there);
        long hashed = Math.min(there, (long) certain.count() * ChunkSize.of(size));
        byte[] bytes = new byte[(int) Math.min(WholeHasher.STEP, there - hashed)];
        while (hashed < there) {
            int count = channel.read(ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, there - hashed)), hashed);
            leaves.update(bytes, 0, count);
            hashed += count;
        }
        received = there;
        asked = there;
        whole.follow(there);
    }

    private void checkpointBeside() {
        try {
            checkpoint();
        } catch (ProblemException again) {
            // the checkpoint at the end of the request meets it again, and tells it
        } finally {
            forcing.set(false);
        }
    }
}
