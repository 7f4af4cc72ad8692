package io.hubmesh.mesh.swarm;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many chunks of one swarm are on their way from the hub, and how many may be. A chunk spreads only once it is whole:
 * many begun at once help nobody. Told the time, in milliseconds; pure, and not safe for threads.
 */
final class Pace {

    /** Chunks on their way at least, whatever their size: one being sent, one asked for meanwhile. */
    private static final int LEAST_CHUNKS = 2;

    /** Bytes on their way at least: a small file in one go. */
    private static final int LEAST_BYTES = 1024 * 1024;

    /** What the hub sent in so long may be on its way: it is sent in about as long again. */
    private static final long WINDOW_MILLIS = 1_000;

    /** A chunk not sent for so long no longer holds up others; stops an asker that takes leases and fetches nothing. */
    private static final long STALE_MILLIS = 10_000;

    private final int least;
    private final Deque<Grant> fresh = new ArrayDeque<>();
    private final Deque<Long> sentAt = new ArrayDeque<>();
    private int onTheWay;

    Pace(int chunkSize) {
        this.least = Math.max(LEAST_CHUNKS, LEAST_BYTES / chunkSize);
    }

    /** Chunks that may be on their way now. */
    int allowed(long now) {
        while (!sentAt.isEmpty() && sentAt.getFirst() + WINDOW_MILLIS <= now) {
            sentAt.removeFirst();
        }
        return Math.max(least, sentAt.size());
    }

    /** Chunks that are on their way now. */
    int onTheWay(long now) {
        while (!fresh.isEmpty() && isStale(fresh.getFirst(), now)) {
            settled(fresh.removeFirst());
        }
        return onTheWay;
    }

    void granted(Grant grant) {
        fresh.addLast(grant);
        onTheWay++;
    }

    void sent(Grant grant, long now) {
        settled(grant);
        sentAt.addLast(now);
    }

    /** The chunk is on its way no more. */
    void settled(Grant grant) {
        if (grant.paced) {
            grant.paced = false;
            onTheWay--;
        }
    }

    private static boolean isStale(Grant grant, long now) {
        return !grant.paced || grant.at + STALE_MILLIS <= now;
    }
}
