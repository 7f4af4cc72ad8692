package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is in the mesh, in which swarms, and when they were last heard of. Pure: told the time, and not safe for threads. */
final class Attendance {

    /** Places in a collection that is made for every peer: most have few tabs and are in few swarms. */
    private static final int FEW = 2;

    static final class Entry {
        final Peer peer;
        final Set<ContentId> swarms = new HashSet<>(FEW);
        Instant heardAt;

        /** Whether it is named to nobody any more, in no swarm. */
        boolean shunned;

        Entry(Peer peer, Instant heardAt) {
            this.peer = peer;
            this.heardAt = heardAt;
        }
    }

    private final Map<PeerId, Entry> peers = new LinkedHashMap<>();
    private final Map<AccountId, List<Peer>> byAccount = new HashMap<>();

    @Nullable
    Entry of(PeerId peer) {
        return peers.get(peer);
    }

    List<Peer> all() {
        return peers.values().stream().map(entry -> entry.peer).toList();
    }

    List<Peer> of(AccountId account) {
        return List.copyOf(byAccount.getOrDefault(account, List.of()));
    }

    /** Whether a peer may be in one more swarm. */
    boolean hasRoom(Entry entry) {
        return entry.swarms.size() < Limits.SWARMS_PER_PEER
                && byAccount.getOrDefault(entry.peer.account(), List.of()).stream()
                                .mapToInt(own -> swarmsOf(own.id()))
                                .sum()
                        < Limits.SWARMS_PER_ACCOUNT;
    }

    int swarmsOf(PeerId peer) {
        Entry entry = peers.get(peer);
        return entry == null ? 0 : entry.swarms.size();
    }

    void join(Peer peer, Instant now) {
        peers.put(peer.id(), new Entry(peer, now));
        byAccount.computeIfAbsent(peer.account(), first -> new ArrayList<>(FEW)).add(peer);
    }

    @Nullable
    Entry leave(PeerId peer) {
        Entry entry = peers.remove(peer);
        if (entry != null) {
            byAccount.computeIfPresent(entry.peer.account(), (account, own) -> {
                own.remove(entry.peer);
                return own.isEmpty() ? null : own;
            });
        }
        return entry;
    }

    /** Those not heard of since then. */
    List<PeerId> silentSince(Instant latest) {
        return peers.values().stream()
                .filter(entry -> !entry.heardAt.isAfter(latest))
                .map(entry -> entry.peer.id())
                .toList();
    }
}
