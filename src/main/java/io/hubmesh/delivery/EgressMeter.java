package io.hubmesh.delivery;

import io.hubmesh.kernel.AccountId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Shares what the hub may send among those who want to, a slice at a time and in turn: one token bucket for the hub, one for each account and one for each lane. A
 * bucket gives a whole slice while it holds anything, and owes the rest, so that slices are never crumbs. Not safe for several threads.
 */
final class EgressMeter {

    /** What one turn gives at most. In bytes: small enough that a hundred downloads at 10 MB/s each have a turn a second. */
    static final int SLICE = 64 * 1024;

    /** What a bucket holds at most, in seconds of its rate: a pause gives no right to a burst. */
    private static final double DEEPEST = 0.05;

    private static final Bucket UNLIMITED = new Bucket();

    private final Deque<Turn> waiting = new ArrayDeque<>();
    private final Map<AccountId, Bucket> accounts = new HashMap<>();
    private final Map<Lane, Bucket> lanes = new IdentityHashMap<>();
    private final Bucket hub = new Bucket();
    private @Nullable Long perAccount;
    private long at;

    /**
     * @param lane through which it goes, if through one
     * @param give is told how many bytes may be sent now
     */
    record Turn(AccountId account, int wanted, @Nullable Lane lane, IntConsumer give) {}

    EgressMeter(long nanos) {
        this.at = nanos;
    }

    /** Bytes a second; null for as much as there is. */
    void limit(@Nullable Long wholeHub, @Nullable Long eachAccount) {
        hub.rate = wholeHub;
        perAccount = eachAccount;
        accounts.values().forEach(bucket -> bucket.rate = eachAccount);
    }

    void ask(Turn turn) {
        waiting.add(turn);
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    /** Whoever's turn it is now, with what they get; to be called again soon while any wait. */
    List<Runnable> tick(long nanos) {
        double seconds = Math.max(0, nanos - at) / 1e9;
        at = nanos;
        hub.fill(seconds);
        accounts.values().forEach(bucket -> bucket.fill(seconds));
        lanes.values().forEach(bucket -> bucket.fill(seconds));
        List<Runnable> given = new ArrayList<>();
        Iterator<Turn> turns = waiting.iterator(); // who has to wait keeps their place
        while (turns.hasNext() && hub.hasAny()) {
            Turn turn = turns.next();
            Bucket own = accounts.computeIfAbsent(turn.account(), account -> new Bucket(perAccount));
            Bucket lane = laneOf(turn);
            if (own.hasAny() && lane.hasAny()) {
                turns.remove();
                int bytes = Math.min(turn.wanted(), SLICE);
                hub.take(bytes);
                own.take(bytes);
                lane.take(bytes);
                given.add(() -> turn.give().accept(bytes));
            }
        }
        if (waiting.isEmpty() && given.isEmpty()) {
            accounts.values().removeIf(Bucket::isFull);
            lanes.values().removeIf(Bucket::isFull);
        }
        return given;
    }

    private Bucket laneOf(Turn turn) {
        Lane lane = turn.lane();
        return lane == null ? UNLIMITED : lanes.computeIfAbsent(lane, first -> new Bucket(first.rate()));
    }

    private static final class Bucket {

        private @Nullable Long rate;
        private double tokens;

        Bucket() {}

        Bucket(@Nullable Long rate) {
            this.rate = rate;
            this.tokens = rate == null ? 0 : rate * DEEPEST;
        }

        void fill(double seconds) {
            if (rate != null) {
                tokens = Math.min(rate * DEEPEST, tokens + rate * seconds);
            }
        }

        boolean hasAny() {
            return rate == null || tokens > 0;
        }

        boolean isFull() {
            return rate == null || tokens >= rate * DEEPEST;
        }

        void take(int bytes) {
            if (rate != null) {
                tokens -= bytes;
            }
        }
    }
}
