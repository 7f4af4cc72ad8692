package io.hubmesh.mesh.swarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of one swarm whose links were lost, and how long each is no edge: twice as long each time, so that two members that cannot
 * reach each other cost less and less. Pure: handed the time and chance, and not safe for threads.
 */
final class LostPairs {

    /** Doublings after which every pause is the longest anyway. */
    private static final int MOST_DOUBLINGS = 16;

    /** Of a pause, this part at most is added by chance: what a relay's end has broken at once is not made again at once. */
    private static final int SPREAD = 2;

    private final TreeSet<LostPair> waiting =
            new TreeSet<>(Comparator.comparingLong(LostPair::until).thenComparingLong(LostPair::order));

    private long order;

    void add(Node one, Node other, RefusalCode code, long now, IntUnaryOperator chance) {
        LostPair earlier = of(one, other);
        int losses = earlier == null || earlier.isForgiven(now) ? 1 : earlier.losses() + 1;
        if (earlier != null) {
            waiting.remove(earlier);
        }
        tidy(one, now);
        tidy(other, now);
        int pause = pause(code, losses);
        long until = now + pause + chance.applyAsInt(pause / SPREAD);
        LostPair pair = new LostPair(one, other, losses, until, order++);
        one.lost.put(other.peer, pair);
        other.lost.put(one.peer, pair);
        waiting.add(pair);
    }

    /** Those that may be edges again since this was asked last. */
    List<LostPair> over(long now) {
        List<LostPair> over = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.first().isOver(now)) {
            LostPair first = waiting.first();
            waiting.remove(first);
            over.add(first);
        }
        return over;
    }

    boolean isLost(Node one, Node other, long now) {
        LostPair pair = of(one, other);
        return pair != null && !pair.isOver(now);
    }

    /** The member has gone: nobody waits for it. Should it come again in time, its pairs are still lost. */
    void forget(Node node) {
        waiting.removeAll(node.lost.values());
    }

    private static @Nullable LostPair of(Node one, Node other) {
        LostPair pair = one.lost.get(other.peer);
        return pair == null ? other.lost.get(one.peer) : pair;
    }

    private static int pause(RefusalCode code, int losses) {
        Duration first = code == RefusalCode.UNREACHABLE ? Limits.UNREACHED : Limits.LOST;
        long doubled = first.toMillis() << Math.min(losses - 1, MOST_DOUBLINGS);
        return (int) Math.min(Limits.LONGEST_LOST.toMillis(), doubled);
    }

    private static void tidy(Node node, long now) {
        node.lost.values().removeIf(pair -> pair.isForgiven(now));
    }
}
