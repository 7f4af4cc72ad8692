package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The leases that have not ended, by their ids. Pure: told the time, and not safe for threads. */
final class LeaseBook {

    /** In the order in which they end, for all last equally long. */
    private final Map<String, Lease> live = new LinkedHashMap<>();

    private final Map<PeerId, Set<String>> byPeer = new HashMap<>();

    void open(Lease lease, Instant now) {
        expire(now);
        live.put(lease.id(), lease);
        byPeer.computeIfAbsent(lease.peer(), first -> new LinkedHashSet<>()).add(lease.id());
    }

    Optional<Lease> find(String id, Instant now) {
        expire(now);
        return Optional.ofNullable(live.get(id));
    }

    /** Ends whatever the peer has under lease of that content. */
    void end(PeerId peer, ContentId content) {
        for (String id : List.copyOf(byPeer.getOrDefault(peer, Set.of()))) {
            Lease lease = live.get(id);
            if (lease != null && lease.content().equals(content)) {
                end(lease);
            }
        }
    }

    /** Ends whatever the peer has under lease. */
    void endAll(PeerId peer) {
        byPeer.getOrDefault(peer, Set.of()).forEach(live::remove);
        byPeer.remove(peer);
    }

    private void expire(Instant now) {
        while (!live.isEmpty()) {
            Lease oldest = live.values().iterator().next();
            if (oldest.endsAt().isAfter(now)) {
                return;
            }
            end(oldest);
        }
    }

    private void end(Lease lease) {
        live.remove(lease.id());
        byPeer.computeIfPresent(lease.peer(), (peer, own) -> {
            own.remove(lease.id());
            return own.isEmpty() ? null : own;
        });
    }
}
