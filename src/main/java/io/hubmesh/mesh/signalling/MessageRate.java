package io.hubmesh.mesh.signalling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How many messages one socket may bring: a bucket of tokens. Not safe for threads. */
final class MessageRate {

    /** Messages a second on average; a busy peer sends about ten. */
    static final int PER_SECOND = 50;

    /** Messages at once, for a peer that comes back to many swarms. */
    static final int BURST = 200;

    private final Clock clock;
    private double tokens = BURST;
    private Instant filledAt;

    MessageRate(Clock clock) {
        this.clock = clock;
        this.filledAt = clock.instant();
    }

    /** Takes a token; false when there is none. */
    boolean allows() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(filledAt, now).toNanos() / 1e9);
        tokens = Math.min(BURST, tokens + seconds * PER_SECOND);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
