package io.hubmesh.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** A part of what the hub sends, with a rate of its own below all other limits, and a count of what went through it. Safe for threads. */
public final class Lane {

    private final long rate;
    private final AtomicLong sent = new AtomicLong();

    /** @param rate bytes a second, at least {@link EgressCaps#LEAST} */
    public Lane(long rate) {
        this.rate = rate;
    }

    long rate() {
        return rate;
    }

    void count(int bytes) {
        sent.addAndGet(bytes);
    }

    /** Bytes that were handed to the connector through it. */
    public long sent() {
        return sent.get();
    }
}
