package io.hubmesh.mesh.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Members that may take another edge, by how many they have: those that hold everything apart. Pure. */
final class Roster {

    private final List<Bag<Node>> fetching = bags();
    private final List<Bag<Node>> full = bags();
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Puts a member where its edges say; one that has as many as it may have is in no bag. */
    void add(Node node) {
        if (node.edges.size() < Limits.MOST_EDGES) {
            bag(node).add(node);
            size++;
        }
    }

    /** Takes a member out; to be done before its edges change. */
    void remove(Node node) {
        if (node.edges.size() < Limits.MOST_EDGES) {
            bag(node).remove(node);
            size--;
        }
    }

    /**
     * A member that fits, among those with the fewest edges that do; equals by chance.
     *
     * @param fetchingOnly whether members that hold everything are left out
     */
    @Nullable
    Node pick(boolean fetchingOnly, IntUnaryOperator chance, Predicate<Node> fits) {
        for (int edges = 0; edges < Limits.MOST_EDGES; edges++) {
            Bag<Node> first = fetching.get(edges);
            int all = first.size() + (fetchingOnly ? 0 : full.get(edges).size());
            int start = all == 0 ? 0 : chance.applyAsInt(all);
            for (int step = 0; step < all; step++) {
                int index = (start + step) % all;
                Node node = index < first.size()
                        ? first.get(index)
                        : full.get(edges).get(index - first.size());
                if (fits.test(node)) {
                    return node;
                }
            }
        }
        return null;
    }

    private Bag<Node> bag(Node node) {
        return (node.full ? full : fetching).get(node.edges.size());
    }

    private static List<Bag<Node>> bags() {
        List<Bag<Node>> bags = new ArrayList<>();
        for (int edges = 0; edges < Limits.MOST_EDGES; edges++) {
            bags.add(new Bag<>());
        }
        return bags;
    }
}
