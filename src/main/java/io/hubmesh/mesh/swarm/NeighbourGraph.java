package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.PeerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who is whose neighbour in one swarm: the rules of src/docs/protocol.md, "Neighbours". What members are to be told collects
 * in {@link #wiring()}. Times in milliseconds. Pure: handed the time and chance, and not safe for threads.
 */
final class NeighbourGraph {

    /** A whole number from 0 to one less than it is given. */
    private final IntUnaryOperator chance;

    private final Map<PeerId, Node> nodes = new HashMap<>();
    private final Roster everybody = new Roster();
    private final Map<Network, Roster> networks = new HashMap<>();
    private final Bag<Edge> edges = new Bag<>();
    private final LostPairs lostPairs = new LostPairs();
    private final Wiring wiring = new Wiring();

    NeighbourGraph(IntUnaryOperator chance) {
        this.chance = chance;
    }

    Wiring wiring() {
        return wiring;
    }

    /** The other ends of a member's edges. */
    List<PeerId> neighbours(PeerId peer) {
        Node node = nodes.get(peer);
        return node == null
                ? List.of()
                : node.edges.keySet().stream().map(other -> other.peer).toList();
    }

    /** Whether the peer is a member that is named to nobody any more. */
    boolean isShunned(PeerId peer) {
        Node node = nodes.get(peer);
        return node != null && node.shunned;
    }

    /**
     * A member comes in, or comes again. It is told its {@link #neighbours} in answer: its own wiring is forgotten.
     *
     * @param fresh what is known of it, without edges
     */
    void enter(Node fresh, long now) {
        Node known = nodes.putIfAbsent(fresh.peer, fresh);
        Node node = known == null ? fresh : known;
        if (known == null && !fresh.shunned) {
            list(fresh);
        }
        if (known != null && fresh.full) {
            filled(fresh.peer, now);
        }
        fill(node, now);
        wiring.forget(fresh.peer);
    }

    void exit(PeerId peer, long now) {
        Node node = nodes.remove(peer);
        if (node == null) {
            return;
        }
        unlist(node);
        wiring.forget(peer);
        lostPairs.forget(node);
        cutOff(node, now);
    }

    /**
     * The member holds everything now: it needs no edge to others that do. Their links may live on. No edge between others is taken
     * apart for it: those who fetch have the links that they need, and each new one costs signalling.
     */
    void filled(PeerId peer, long now) {
        Node node = nodes.get(peer);
        if (node == null || node.full) {
            return;
        }
        change(node, () -> node.full = true);
        List<Node> idle =
                node.edges.keySet().stream().filter(other -> other.full).toList();
        idle.forEach(other -> disconnect(node, other));
        fill(node, now, false);
        idle.forEach(other -> fill(other, now, false));
    }

    /** The member's link to another could not be made or has ended; no word of a pair without an edge is heeded. */
    void lost(PeerId peer, PeerId neighbour, RefusalCode code, long now) {
        Node node = nodes.get(peer);
        Node other = nodes.get(neighbour);
        if (node == null || other == null || !node.edges.containsKey(other)) {
            return;
        }
        disconnect(node, other);
        if (code != RefusalCode.TICKET_REVOKED && code != RefusalCode.TICKET_EXPIRED) {
            lostPairs.add(node, other, code, now, chance);
        }
        if (code == RefusalCode.WRONG_CHUNK) {
            other.accusers.add(node.account);
        }
        if (other.accusers.size() >= Limits.ACCUSERS) {
            shun(neighbour, now);
        }
        fill(node, now);
        fill(other, now);
    }

    /**
     * Time has passed: members of lost pairs that may be edges again, and that still have too few, are given others, which may be each other.
     * To be called every second or so.
     */
    void reopen(long now) {
        for (LostPair pair : lostPairs.over(now)) {
            fill(pair.one(), now, false);
            fill(pair.other(), now, false);
        }
    }

    /** Names the member to nobody any more, nor anybody to it. Its links end when those who have them will. */
    void shun(PeerId peer, long now) {
        Node node = nodes.get(peer);
        if (node == null || node.shunned) {
            return;
        }
        unlist(node);
        node.shunned = true;
        cutOff(node, now);
    }

    private void cutOff(Node node, long now) {
        List<Node> others = List.copyOf(node.edges.keySet());
        others.forEach(other -> disconnect(node, other));
        others.forEach(other -> fill(other, now));
    }

    private void fill(Node node, long now) {
        fill(node, now, true);
    }

    /** Gives a member as many edges as it should have, as far as there is somebody to give them to. */
    private void fill(Node node, long now, boolean maySplit) {
        while (!node.shunned && node.edges.size() < Limits.WANTED_EDGES) {
            Node near = node.near() < Limits.NEAR_EDGES ? pick(networks.get(node.network), node, now) : null;
            Node other = near != null ? near : pick(everybody, node, now);
            if (other != null) {
                connect(node, other, near != null);
            } else if (!maySplit || !split(node, now)) {
                return;
            }
        }
    }

    private @Nullable Node pick(@Nullable Roster roster, Node node, long now) {
        return roster == null ? null : roster.pick(node.full, chance, other -> mayMeet(node, other, now));
    }

    /** Takes away an edge between two others and joins the member to both; who holds everything does so for its first two. */
    private boolean split(Node node, long now) {
        if (node.full && node.edges.size() >= Limits.FULL_EDGES) {
            return false;
        }
        int start = edges.size() == 0 ? 0 : chance.applyAsInt(edges.size());
        for (int step = 0; step < Math.min(edges.size(), Limits.SPLIT_TRIES); step++) {
            Edge edge = edges.get((start + step) % edges.size());
            if (mayMeet(node, edge.one(), now) && mayMeet(node, edge.other(), now)) {
                disconnect(edge.one(), edge.other());
                wiring.part(edge.one().peer, edge.other().peer);
                wiring.part(edge.other().peer, edge.one().peer);
                connect(node, edge.one(), false);
                connect(node, edge.other(), false);
                return true;
            }
        }
        return false;
    }

    private boolean mayMeet(Node node, Node other, long now) {
        return node != other
                && !(node.full && other.full)
                && !node.edges.containsKey(other)
                && !lostPairs.isLost(node, other, now);
    }

    private void connect(Node node, Node other, boolean near) {
        Edge edge = new Edge(node, other, near);
        change(node, () -> node.edges.put(other, edge));
        change(other, () -> other.edges.put(node, edge));
        edges.add(edge);
        wiring.name(node.peer, other.peer);
    }

    private void disconnect(Node node, Node other) {
        Edge edge = node.edges.get(other);
        if (edge != null) {
            change(node, () -> node.edges.remove(other));
            change(other, () -> other.edges.remove(node));
            edges.remove(edge);
        }
    }

    private void change(Node node, Runnable edgesOf) {
        boolean listed = !node.shunned && nodes.get(node.peer) == node;
        if (listed) {
            unlist(node);
        }
        edgesOf.run();
        if (listed) {
            list(node);
        }
    }

    private void list(Node node) {
        everybody.add(node);
        if (node.network.isKnown()) {
            networks.computeIfAbsent(node.network, first -> new Roster()).add(node);
        }
    }

    private void unlist(Node node) {
        everybody.remove(node);
        networks.computeIfPresent(node.network, (network, roster) -> {
            roster.remove(node);
            return roster.isEmpty() ? null : roster;
        });
    }
}
