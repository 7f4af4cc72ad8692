package io.hubmesh.measurement;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.events.PeerJoined;
import io.hubmesh.mesh.events.PeerLeft;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The live peers, as far as joining and leaving tell. */
@Component
class PeersFromEvents implements MeshNow {

    private final Map<PeerId, PeerNow> peers = new ConcurrentHashMap<>();

    @EventListener
    void on(PeerJoined joined) {
        peers.put(joined.peer(), new PeerNow(joined.peer(), joined.account(), joined.at(), 0));
    }

    @EventListener
    void on(PeerLeft left) {
        peers.remove(left.peer());
    }

    @Override
    public List<PeerNow> peers() {
        return peers.values().stream()
                .sorted(Comparator.comparing(PeerNow::joinedAt))
                .toList();
    }

    @Override
    public Map<ContentId, Integer> holders(Collection<ContentId> contents) {
        return Map.of();
    }
}
