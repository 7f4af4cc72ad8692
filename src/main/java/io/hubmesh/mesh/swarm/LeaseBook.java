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

/** Which chunk is leased to whom; a chunk to one asker at a time. Pure: told the time, and not safe for threads. */
final class LeaseBook {

    private record Chunk(ContentId content, int index) {}

    /** In the order in which they end, for all last equally long. */
    private final Map<String, Lease> live = new LinkedHashMap<>();

    private final Map<PeerId, Set<Lease>> byPeer = new HashMap<>();
    private final Map<Chunk, String> taken = new HashMap<>();

    void open(Lease lease) {
        live.put(lease.id(), lease);
        byPeer.computeIfAbsent(lease.peer(), first -> new LinkedHashSet<>()).add(lease);
        for (int index : lease.chunks()) {
            taken.put(new Chunk(lease.content(), index), lease.id());
        }
    }

    Optional<Lease> find(String id, Instant now) {
        expire(now);
        return Optional.ofNullable(live.get(id));
    }

    boolean isTaken(ContentId content, int index, Instant now) {
        expire(now);
        return taken.containsKey(new Chunk(content, index));
    }

    /** How many chunks of that content the peer has under lease. */
    int takenBy(PeerId peer, ContentId content) {
        int count = 0;
        for (Lease lease : byPeer.getOrDefault(peer, Set.of())) {
            if (lease.content().equals(content)) {
                count += (int) lease.chunks().stream()
                        .filter(index -> isOf(lease, index))
                        .count();
            }
        }
        return count;
    }

    /** The peer has the chunk now: it is free, but until the lease ends it still allows to fetch it. */
    void release(PeerId peer, ContentId content, int index) {
        Chunk chunk = new Chunk(content, index);
        String id = taken.get(chunk);
        Lease lease = id == null ? null : live.get(id);
        if (lease != null && lease.peer().equals(peer)) {
            taken.remove(chunk);
        }
    }

    /** Ends whatever the peer has under lease of that content. */
    void end(PeerId peer, ContentId content) {
        for (Lease lease : List.copyOf(byPeer.getOrDefault(peer, Set.of()))) {
            if (lease.content().equals(content)) {
                end(lease);
            }
        }
    }

    /** Ends whatever the peer has under lease. */
    void endAll(PeerId peer) {
        List.copyOf(byPeer.getOrDefault(peer, Set.of())).forEach(this::end);
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
            own.remove(lease);
            return own.isEmpty() ? null : own;
        });
        for (int index : lease.chunks()) {
            taken.remove(new Chunk(lease.content(), index), lease.id());
        }
    }

    private boolean isOf(Lease lease, int index) {
        return lease.id().equals(taken.get(new Chunk(lease.content(), index)));
    }
}
