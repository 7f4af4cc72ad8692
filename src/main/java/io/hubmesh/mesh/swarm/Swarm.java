package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The peers that hold or want one content. Pure, and not safe for threads. */
final class Swarm {

    private final int chunks;
    private final LeaseDesk desk;
    private final NeighbourGraph graph;

    /** Every member, with the file as which it has entered. */
    private final Map<PeerId, ResourceId> members = new LinkedHashMap<>();

    Swarm(int chunks, LeaseDesk desk, NeighbourGraph graph) {
        this.chunks = chunks;
        this.desk = desk;
        this.graph = graph;
    }

    int chunks() {
        return chunks;
    }

    LeaseDesk desk() {
        return desk;
    }

    NeighbourGraph graph() {
        return graph;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    List<PeerId> peers() {
        return List.copyOf(members.keySet());
    }

    @Nullable
    ResourceId resourceOf(PeerId peer) {
        return members.get(peer);
    }

    List<PeerId> holdersOfAll() {
        return members.keySet().stream().filter(desk::isFull).toList();
    }

    /** A member comes in, or comes again and may hold more by now. */
    void enter(Attendance.Entry entry, ResourceId resource, BitSet have, long now) {
        PeerId peer = entry.peer.id();
        members.put(peer, resource);
        desk.enter(peer, have, now);
        Node node = new Node(peer, entry.peer.account(), entry.peer.network());
        node.full = desk.isFull(peer);
        node.shunned = entry.shunned;
        if (entry.shunned) {
            desk.shun(peer);
        }
        graph.enter(node, now);
    }

    void exit(PeerId peer, long now) {
        members.remove(peer);
        desk.exit(peer);
        graph.exit(peer, now);
    }

    /** Others fetch from the member no more. */
    void shun(PeerId peer, long now) {
        desk.shun(peer);
        graph.shun(peer, now);
    }

    void have(PeerId peer, Collection<Integer> news, long now) {
        desk.have(peer, news, now);
        if (desk.isFull(peer)) {
            graph.filled(peer, now);
        }
    }
}
