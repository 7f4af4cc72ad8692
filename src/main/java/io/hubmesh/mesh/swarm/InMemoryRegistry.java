package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.TransferReported.Model;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The registry of a hub that runs alone: everything in memory, under one lock. */
public final class InMemoryRegistry implements Registry {

    private static final int LEASE_ID_BYTES = 16;

    /** Places in a set that is made for every peer: most are in few swarms. */
    private static final int FEW = 2;

    private static final class Entry {
        final Peer peer;
        final Set<ContentId> swarms = new HashSet<>(FEW);
        Instant heardAt;

        Entry(Peer peer, Instant heardAt) {
            this.peer = peer;
            this.heardAt = heardAt;
        }
    }

    private final Clock clock;
    private final RandomGenerator random;
    private final Map<PeerId, Entry> peers = new LinkedHashMap<>();
    private final Map<AccountId, List<Peer>> byAccount = new HashMap<>();
    private final Map<ContentId, Swarm> swarms = new HashMap<>();
    private final LeaseBook book = new LeaseBook();
    private final Map<RefusalCode, Long> losses = new EnumMap<>(RefusalCode.class);

    public InMemoryRegistry(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public synchronized boolean join(Peer peer) {
        if (peersOf(peer.account()).size() >= Limits.PEERS_PER_ACCOUNT || peers.containsKey(peer.id())) {
            return false;
        }
        peers.put(peer.id(), new Entry(peer, clock.instant()));
        byAccount.computeIfAbsent(peer.account(), first -> new ArrayList<>(FEW)).add(peer);
        return true;
    }

    @Override
    public synchronized Optional<Peer> leave(PeerId peer) {
        Entry entry = peers.remove(peer);
        if (entry == null) {
            return Optional.empty();
        }
        byAccount.computeIfPresent(entry.peer.account(), (account, own) -> {
            own.remove(entry.peer);
            return own.isEmpty() ? null : own;
        });
        book.endAll(peer);
        entry.swarms.forEach(content -> takeOut(peer, content));
        return Optional.of(entry.peer);
    }

    @Override
    public synchronized List<Peer> peers() {
        return peers.values().stream().map(entry -> entry.peer).toList();
    }

    @Override
    public synchronized List<Peer> peersOf(AccountId account) {
        return List.copyOf(byAccount.getOrDefault(account, List.of()));
    }

    @Override
    public synchronized void heard(PeerId peer) {
        Entry entry = peers.get(peer);
        if (entry != null) {
            entry.heardAt = clock.instant();
        }
    }

    @Override
    public synchronized List<PeerId> silent() {
        Instant latest = clock.instant().minus(Limits.SILENCE);
        return peers.values().stream()
                .filter(entry -> !entry.heardAt.isAfter(latest))
                .map(entry -> entry.peer.id())
                .toList();
    }

    @Override
    public synchronized boolean enter(PeerId peer, ContentId content, ResourceId resource, int chunks, BitSet have) {
        Entry entry = peers.get(peer);
        if (entry == null) {
            return false;
        }
        if (!entry.swarms.contains(content) && entry.swarms.size() >= Limits.SWARMS_PER_PEER) {
            return false;
        }
        entry.swarms.add(content);
        swarms.computeIfAbsent(content, fresh -> new Swarm(chunks)).enter(peer, resource, have);
        return true;
    }

    @Override
    public synchronized boolean exit(PeerId peer, ContentId content) {
        Entry entry = peers.get(peer);
        if (entry == null || !entry.swarms.remove(content)) {
            return false;
        }
        takeOut(peer, content);
        book.end(peer, content);
        return true;
    }

    @Override
    public synchronized Optional<Membership> membership(PeerId peer, ContentId content) {
        Entry entry = peers.get(peer);
        Swarm swarm = swarms.get(content);
        Place place = place(peer, content);
        if (entry == null || swarm == null || place == null) {
            return Optional.empty();
        }
        return Optional.of(new Membership(peer, entry.peer.account(), content, place.resource(), swarm.chunks()));
    }

    @Override
    public synchronized List<Membership> memberships() {
        List<Membership> all = new ArrayList<>();
        swarms.forEach((content, swarm) -> {
            for (PeerId peer : swarm.peers()) {
                membership(peer, content).ifPresent(all::add);
            }
        });
        return List.copyOf(all);
    }

    @Override
    public synchronized List<PeerId> swarm(ContentId content) {
        Swarm swarm = swarms.get(content);
        return swarm == null ? List.of() : swarm.peers();
    }

    @Override
    public synchronized int swarmsOf(PeerId peer) {
        Entry entry = peers.get(peer);
        return entry == null ? 0 : entry.swarms.size();
    }

    @Override
    public synchronized void have(PeerId peer, ContentId content, Collection<Integer> chunks) {
        Swarm swarm = swarms.get(content);
        Place place = place(peer, content);
        if (swarm != null && place != null) {
            for (int chunk : chunks) {
                swarm.add(place, chunk);
                book.release(peer, content, chunk);
            }
        }
    }

    @Override
    public synchronized List<PeerId> neighbours(PeerId peer, ContentId content) {
        Swarm swarm = swarms.get(content);
        Place place = place(peer, content);
        return swarm == null || place == null ? List.of() : swarm.neighbours(peer, place, random);
    }

    @Override
    public synchronized int holders(ContentId content) {
        Swarm swarm = swarms.get(content);
        return swarm == null ? 0 : swarm.holders();
    }

    @Override
    public synchronized void lost(PeerId peer, ContentId content, PeerId neighbour, RefusalCode code) {
        if (place(peer, content) != null && place(neighbour, content) != null && !peer.equals(neighbour)) {
            losses.merge(code, 1L, Long::sum);
        }
    }

    @Override
    public synchronized Map<RefusalCode, Long> losses() {
        return Map.copyOf(losses);
    }

    @Override
    public synchronized LeaseAnswer lease(PeerId peer, ContentId content, Model model, BitSet wanted, int room) {
        Instant now = clock.instant();
        Entry entry = peers.get(peer);
        Swarm swarm = swarms.get(content);
        Place place = place(peer, content);
        if (entry == null || swarm == null || place == null) {
            return new LeaseAnswer.NotNow(Limits.PATIENCE);
        }
        LeaseWish wish = LeaseWish.of(wanted, swarm, place, now, chunk -> book.isTaken(content, chunk, now));
        int left = Limits.LEASED_PER_PEER - book.takenBy(peer, content);
        List<Integer> granted = wish.grantable(Math.min(room, Math.min(Limits.CHUNKS_PER_LEASE, left)));
        if (granted.isEmpty()) {
            return new LeaseAnswer.NotNow(wish.retryAfter());
        }
        Lease lease = new Lease(
                leaseId(), peer, entry.peer.account(), place.resource(), content, granted, now.plus(Limits.LEASE));
        book.open(lease);
        return new LeaseAnswer.Granted(lease);
    }

    @Override
    public synchronized Optional<Lease> lease(String id) {
        return book.find(id, clock.instant());
    }

    private void takeOut(PeerId peer, ContentId content) {
        swarms.computeIfPresent(content, (same, swarm) -> {
            swarm.exit(peer);
            return swarm.isEmpty() ? null : swarm;
        });
    }

    private @Nullable Place place(PeerId peer, ContentId content) {
        Swarm swarm = swarms.get(content);
        return swarm == null ? null : swarm.place(peer);
    }

    private String leaseId() {
        byte[] bytes = new byte[LEASE_ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
