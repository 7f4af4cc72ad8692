package io.hubmesh.mesh.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the graph after any sequence of entering, leaving and losing. */
class NeighbourGraphPropertyTests {

    private static final int STEPS = 4_000;

    /** Below that, not everybody can have four neighbours. */
    private static final int SMALLEST = 7;

    private final Set<PeerId> full = new HashSet<>();
    private final List<PeerId> order = new ArrayList<>();
    private long now;
    private int next;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whenNothingIsLostEverybodyHasFourToSixAndTheGraphIsWhole(long seed) {
        RandomGenerator random = random(seed);
        NeighbourGraph graph = new NeighbourGraph(random::nextInt);
        int apart = 0;
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(1000);
            if (order.size() <= SMALLEST || random.nextInt(100) < 50 + (order.size() < 200 ? 3 : -3)) {
                enter(graph, random, false);
            } else {
                graph.exit(leaver(random), now);
            }
            if (order.size() >= SMALLEST) {
                assertThat(order)
                        .allSatisfy(peer -> assertThat(graph.neighbours(peer)).hasSizeBetween(4, 6));
            }
            apart += isWhole(graph) ? 0 : 1;
            assertEdgesGoBothWays(graph);
        }
        assertThat(apart).as("steps after which the swarm was in pieces").isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void withLossesAndWholeHoldersTheBoundsHold(long seed) {
        RandomGenerator random = random(seed);
        NeighbourGraph graph = new NeighbourGraph(random::nextInt);
        int few = 0;
        int seen = 0;
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(5_000);
            graph.reopen(now);
            int what = random.nextInt(100);
            if (order.size() <= SMALLEST || what < 35 + (order.size() < 100 ? 5 : -10)) {
                enter(graph, random, random.nextInt(3) == 0);
            } else if (what < 60) {
                graph.exit(leaver(random), now);
            } else if (what < 80) {
                PeerId peer = order.get(random.nextInt(order.size()));
                List<PeerId> others = graph.neighbours(peer);
                if (!others.isEmpty()) {
                    graph.lost(peer, others.get(random.nextInt(others.size())), RefusalCode.UNREACHABLE, now);
                }
            } else {
                PeerId peer = order.get(random.nextInt(order.size()));
                full.add(peer);
                graph.filled(peer, now);
            }
            for (PeerId peer : order) {
                List<PeerId> others = graph.neighbours(peer);
                assertThat(others)
                        .hasSizeLessThanOrEqualTo(6)
                        .doesNotHaveDuplicates()
                        .doesNotContain(peer);
                if (full.contains(peer)) {
                    assertThat(others).as("no pair of two that hold everything").noneMatch(full::contains);
                } else {
                    seen++;
                    few += others.size() < 4 && order.size() - full.size() > 20 ? 1 : 0;
                }
            }
            assertEdgesGoBothWays(graph);
        }
        assertThat((double) few / seen)
                .as("share of those who fetch, in swarms of more than 20 of them, with fewer than four neighbours")
                .isLessThan(0.001);
    }

    private void enter(NeighbourGraph graph, RandomGenerator random, boolean isFull) {
        PeerId peer = new PeerId(String.format("%022d", next++));
        Node node = new Node(peer, new AccountId(new UUID(0, next)), new Network(Integer.toString(random.nextInt(4))));
        node.full = isFull;
        graph.enter(node, now);
        if (isFull) {
            full.add(peer);
        }
        order.add(peer);
    }

    private PeerId leaver(RandomGenerator random) {
        PeerId peer = order.remove(random.nextInt(order.size()));
        full.remove(peer);
        return peer;
    }

    private void assertEdgesGoBothWays(NeighbourGraph graph) {
        for (PeerId peer : order) {
            for (PeerId other : graph.neighbours(peer)) {
                assertThat(graph.neighbours(other)).contains(peer);
            }
        }
    }

    private boolean isWhole(NeighbourGraph graph) {
        Set<PeerId> reached = new HashSet<>();
        Deque<PeerId> waiting = new ArrayDeque<>(order.subList(0, 1));
        while (!waiting.isEmpty()) {
            PeerId peer = waiting.remove();
            if (reached.add(peer)) {
                waiting.addAll(graph.neighbours(peer));
            }
        }
        return reached.size() == order.size();
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    }
}
