package io.hubmesh.mesh.swarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The wanted chunks of one asker, sorted: those that nobody holds come first, in the order of the file, then
 * those that peers hold and did not deliver in time. The rest has to wait.
 */
record LeaseWish(List<Integer> held, List<Integer> unheld, Duration retryAfter) {

    static LeaseWish of(BitSet wanted, Swarm swarm, Place asker, Instant now, IntPredicate isTaken) {
        List<Integer> unheld = new ArrayList<>();
        List<Integer> held = new ArrayList<>();
        Duration retryAfter = Limits.PATIENCE;
        for (int chunk = wanted.nextSetBit(0); chunk >= 0; chunk = wanted.nextSetBit(chunk + 1)) {
            if (chunk >= swarm.chunks() || asker.holds(chunk) || isTaken.test(chunk)) {
                continue;
            }
            if (!swarm.isHeldByAnother(asker, chunk)) {
                unheld.add(chunk);
                continue;
            }
            Duration left = Limits.PATIENCE.minus(asker.ask(chunk, now));
            if (left.isZero() || left.isNegative()) {
                held.add(chunk);
            } else if (left.compareTo(retryAfter) < 0) {
                retryAfter = left;
            }
        }
        Duration polite = retryAfter.compareTo(Limits.SOONEST_RETRY) < 0 ? Limits.SOONEST_RETRY : retryAfter;
        return new LeaseWish(held, unheld, polite);
    }

    /** As many as there is room for. */
    List<Integer> grantable(int room) {
        List<Integer> all = new ArrayList<>(unheld);
        all.addAll(held);
        return List.copyOf(all.subList(0, Math.max(0, Math.min(room, all.size()))));
    }
}
