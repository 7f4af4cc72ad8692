package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The peers that hold or want one content. Pure, and not safe for threads. */
final class Swarm {

    private final int chunks;
    private final LeaseDesk desk;

    /** Every member, with the file as which it has entered. */
    private final Map<PeerId, ResourceId> members = new LinkedHashMap<>();

    Swarm(int chunks, LeaseDesk desk) {
        this.chunks = chunks;
        this.desk = desk;
    }

    int chunks() {
        return chunks;
    }

    LeaseDesk desk() {
        return desk;
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

    void enter(PeerId peer, ResourceId resource) {
        members.put(peer, resource);
    }

    void exit(PeerId peer) {
        members.remove(peer);
        desk.exit(peer);
    }

    List<PeerId> neighbours(PeerId asker, RandomGenerator random) {
        List<PeerId> others = new ArrayList<>(members.keySet());
        others.remove(asker);
        others.removeIf(other -> desk.isFull(other) && desk.isFull(asker));
        for (int last = others.size() - 1; last > 0; last--) {
            Collections.swap(others, last, random.nextInt(last + 1));
        }
        return List.copyOf(others.subList(0, Math.min(Limits.NEIGHBOURS, others.size())));
    }
}
