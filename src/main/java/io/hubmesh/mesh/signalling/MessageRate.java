package io.hubmesh.mesh.signalling;

import io.hubmesh.mesh.swarm.Limits;
import java.time.Clock;

/** How many messages one socket may bring: a bucket of tokens. Not safe for threads. */
final class MessageRate {

    /** Messages a second on average; a busy peer sends about ten. */
    static final int PER_SECOND = 50;

    /** Messages at once, for a peer that comes back to many swarms. */
    static final int BURST = 200;

    /** Messages a second of all sockets of one account on average: tabs of several browsers, each busy. */
    static final int ACCOUNT_PER_SECOND = 100;

    /** Messages of one account at once: a few browsers that come back together. */
    static final int ACCOUNT_BURST = 800;

    /** Entering costs permission, database and a signature: a person opens no more files a second. */
    static final int ENTERS_PER_SECOND = 5;

    /** Entering at once, for a peer that comes back to every swarm it may be in. */
    static final int ENTERS_AT_ONCE = Limits.SWARMS_PER_PEER;

    /** Lost links heard of: each may move the edges of others, and a browser tells of no more. */
    static final int LOSSES_PER_SECOND = 2;

    /** Lost links at once: as many as a browser has. */
    static final int LOSSES_AT_ONCE = 48;

    private static final double MILLIS = 1000;

    private final Clock clock;
    private final int perSecond;
    private final int burst;
    private double tokens;

    /** Milliseconds since 1970. */
    private long filledAt;

    private MessageRate(Clock clock, int perSecond, int burst) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = clock.millis();
    }

    /** Of all messages together. */
    static MessageRate ofMessages(Clock clock) {
        return new MessageRate(clock, PER_SECOND, BURST);
    }

    /** Of all sockets of one account together. */
    static MessageRate ofAccount(Clock clock) {
        return new MessageRate(clock, ACCOUNT_PER_SECOND, ACCOUNT_BURST);
    }

    /** Of {@code enter} alone. */
    static MessageRate ofEnters(Clock clock) {
        return new MessageRate(clock, ENTERS_PER_SECOND, ENTERS_AT_ONCE);
    }

    /** Of {@code lost} alone. */
    static MessageRate ofLosses(Clock clock) {
        return new MessageRate(clock, LOSSES_PER_SECOND, LOSSES_AT_ONCE);
    }

    /** Takes a token; false when there is none. */
    boolean allows() {
        long now = clock.millis();
        tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) * perSecond / MILLIS);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
