package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A member in the neighbour graph of one swarm. Pure, and not safe for threads. */
final class Node {

    final PeerId peer;
    final AccountId account;
    final Network network;

    /** The other ends, in the order in which they came. */
    final Map<Node, Edge> edges = new LinkedHashMap<>();

    /** Whom links were lost to; the other end knows of the same pair, unless it has gone since. */
    final Map<PeerId, LostPair> lost = new HashMap<>();

    /** Accounts that have had wrong chunks from it. */
    final Set<AccountId> accusers = new HashSet<>();

    /** Whether it holds everything. */
    boolean full;

    /** Whether it is named to nobody any more. */
    boolean shunned;

    Node(PeerId peer, AccountId account, Network network) {
        this.peer = peer;
        this.account = account;
        this.network = network;
    }

    /** Edges that were chosen because both ends are in one network. */
    long near() {
        return edges.values().stream().filter(Edge::near).count();
    }
}
