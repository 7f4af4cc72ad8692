package io.hubmesh.delivery.uploads;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.storage.Incoming;
import io.hubmesh.storage.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An upload whose file is open. Of several requests that bring bytes the latest one holds it: the others are of connections that have died without
 * the hub having heard of it, and could keep the sender waiting for a minute.
 */
final class OpenUpload {

    /** In bytes; what is in memory of an upload at any time. */
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Incoming incoming;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Object holder;
    private boolean broken;
    private volatile Instant usedAt;

    OpenUpload(Incoming incoming, Instant now) {
        this.incoming = incoming;
        this.usedAt = now;
    }

    /**
     * Takes bytes until there are no more.
     *
     * @return how many bytes of the upload are certain now
     * @throws ProblemException upload-offset-mismatch when they begin elsewhere or another request took over, upload-incomplete when the
     *     connection broke (what came is kept), upload-checksum-mismatch (nothing is), too-large, storage-full
     */
    long append(Delivery delivery) {
        Object me = new Object();
        take(me, delivery);
        boolean whole = false;
        try {
            pump(me, delivery);
            whole = true;
        } finally {
            letGo(me, delivery.checksum(), whole);
        }
        return offset();
    }

    /** How many bytes are certain; those of a request under way are made so first. */
    long offset() {
        return locked(incoming::checkpoint);
    }

    /** The content, when all of it has come. */
    Manifest finish() {
        return locked(incoming::finish);
    }

    /** Whether the disk has failed it: to be opened anew, where it was certain. */
    boolean isBroken() {
        return broken;
    }

    boolean isIdleSince(Instant moment) {
        return holder == null && usedAt.isBefore(moment);
    }

    void close() {
        lock.lock();
        try {
            holder = null;
            broken = true;
            incoming.close();
        } finally {
            lock.unlock();
        }
    }

    void usedAt(Instant now) {
        usedAt = now;
    }

    private void take(Object me, Delivery delivery) {
        locked(() -> {
            if (incoming.offset() != delivery.offset()) {
                throw elsewhere(incoming.offset());
            }
            if (delivery.length() > incoming.size() - delivery.offset()) {
                throw new ProblemException(ProblemCode.TOO_LARGE, "That is more than the upload lacks.");
            }
            incoming.back();
            holder = me;
            if (delivery.checksum() != null) {
                incoming.mark();
            }
            return me;
        });
    }

    private void pump(Object me, Delivery delivery) {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(incoming.size() - delivery.offset(), BUFFER_BYTES))];
        int count;
        while ((count = next(delivery.bytes(), buffer)) >= 0) {
            int more = count;
            if (delivery.checksum() != null) {
                delivery.checksum().update(buffer, more);
            }
            locked(() -> {
                if (holder != me) {
                    throw elsewhere(incoming.offset());
                }
                incoming.write(buffer, 0, more);
                return me;
            });
        }
    }

    private void letGo(Object me, @Nullable Checksum checksum, boolean whole) {
        locked(() -> {
            if (holder != me) {
                return me;
            }
            holder = null;
            if (checksum != null && !(whole && checksum.holds())) {
                incoming.back();
                if (whole) {
                    throw new ProblemException(ProblemCode.UPLOAD_CHECKSUM_MISMATCH);
                }
            }
            incoming.settle();
            return me;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            if (broken) {
                throw new ProblemException(ProblemCode.UPLOAD_INCOMPLETE);
            }
            return work.get();
        } catch (ProblemException problem) {
            broken |= problem.code() == ProblemCode.STORAGE_FULL;
            throw problem;
        } finally {
            lock.unlock();
        }
    }

    /** A connection that breaks is a delivery that ended early. */
    static int next(InputStream bytes, byte[] buffer) {
        try {
            return bytes.read(buffer);
        } catch (IOException broken) {
            throw new ProblemException(ProblemCode.UPLOAD_INCOMPLETE, broken);
        }
    }

    private static ProblemException elsewhere(long offset) {
        return new ProblemException(ProblemCode.UPLOAD_OFFSET_MISMATCH, "The upload goes on at byte " + offset + ".");
    }
}
