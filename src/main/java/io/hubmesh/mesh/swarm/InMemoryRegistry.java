package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.TransferReported.Model;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The registry of a hub that runs alone: everything in memory, under one lock. */
public final class InMemoryRegistry implements Registry {

    private static final int LEASE_ID_BYTES = 16;

    private final Clock clock;
    private final RandomGenerator random;
    private final Attendance attendance = new Attendance();
    private final Swarms swarms;
    private final LeaseBook book = new LeaseBook();
    private final Map<RefusalCode, Long> losses = new EnumMap<>(RefusalCode.class);

    /** @param policy what an administrator has chosen; asked whenever it matters */
    public InMemoryRegistry(Clock clock, RandomGenerator random, Supplier<LeasePolicy> policy) {
        this.clock = clock;
        this.random = random;
        this.swarms = new Swarms(policy, random::nextInt);
    }

    @Override
    public synchronized boolean join(Peer peer) {
        if (attendance.of(peer.account()).size() >= Limits.PEERS_PER_ACCOUNT || attendance.of(peer.id()) != null) {
            return false;
        }
        attendance.join(peer, clock.instant());
        return true;
    }

    @Override
    public synchronized Optional<Peer> leave(PeerId peer) {
        Attendance.Entry entry = attendance.leave(peer);
        if (entry == null) {
            return Optional.empty();
        }
        book.endAll(peer);
        entry.swarms.forEach(content -> swarms.exit(peer, content, clock.millis()));
        return Optional.of(entry.peer);
    }

    @Override
    public synchronized List<Peer> peers() {
        return attendance.all();
    }

    @Override
    public synchronized List<Peer> peersOf(AccountId account) {
        return attendance.of(account);
    }

    @Override
    public synchronized void heard(PeerId peer) {
        Attendance.Entry entry = attendance.of(peer);
        if (entry != null) {
            entry.heardAt = clock.instant();
        }
    }

    @Override
    public synchronized List<PeerId> silent() {
        return attendance.silentSince(clock.instant().minus(Limits.SILENCE));
    }

    @Override
    public synchronized boolean enter(
            PeerId peer, ContentId content, ResourceId resource, int chunks, int chunkSize, BitSet have) {
        Attendance.Entry entry = attendance.of(peer);
        if (entry == null) {
            return false;
        }
        if (!entry.swarms.contains(content) && !attendance.hasRoom(entry)) {
            return false;
        }
        entry.swarms.add(content);
        swarms.open(content, chunks, chunkSize).enter(entry, resource, have, clock.millis());
        return true;
    }

    @Override
    public synchronized boolean exit(PeerId peer, ContentId content) {
        Attendance.Entry entry = attendance.of(peer);
        if (entry == null || !entry.swarms.remove(content)) {
            return false;
        }
        swarms.exit(peer, content, clock.millis());
        book.end(peer, content);
        return true;
    }

    @Override
    public synchronized Optional<Membership> membership(PeerId peer, ContentId content) {
        Attendance.Entry entry = attendance.of(peer);
        Swarm swarm = swarms.of(content);
        ResourceId resource = swarms.place(peer, content);
        if (entry == null || swarm == null || resource == null) {
            return Optional.empty();
        }
        return Optional.of(new Membership(peer, entry.peer.account(), content, resource, swarm.chunks()));
    }

    @Override
    public synchronized List<Membership> memberships(PeerId peer) {
        Attendance.Entry entry = attendance.of(peer);
        return entry == null
                ? List.of()
                : entry.swarms.stream()
                        .flatMap(content -> membership(peer, content).stream())
                        .toList();
    }

    @Override
    public synchronized List<PeerId> swarm(ContentId content) {
        Swarm swarm = swarms.of(content);
        return swarm == null ? List.of() : swarm.peers();
    }

    @Override
    public synchronized int swarmsOf(PeerId peer) {
        return attendance.swarmsOf(peer);
    }

    @Override
    public synchronized int swarms() {
        return swarms.size();
    }

    @Override
    public synchronized void have(PeerId peer, ContentId content, Collection<Integer> chunks) {
        swarms.have(peer, content, List.copyOf(chunks), clock.millis());
    }

    @Override
    public synchronized void served(PeerId peer, ContentId content, long bytes) {
        Swarm swarm = swarms.of(content);
        if (swarm != null) {
            swarm.desk().served(peer, bytes, clock.millis());
        }
    }

    @Override
    public synchronized List<PeerId> neighbours(PeerId peer, ContentId content) {
        Swarm swarm = swarms.of(content);
        return swarm == null ? List.of() : swarm.graph().neighbours(peer);
    }

    @Override
    public synchronized List<PeerId> holdersOfAll(ContentId content) {
        Swarm swarm = swarms.of(content);
        return swarm == null ? List.of() : swarm.holdersOfAll();
    }

    @Override
    public synchronized int holders(ContentId content) {
        Swarm swarm = swarms.of(content);
        return swarm == null ? 0 : swarm.desk().holders();
    }

    @Override
    public synchronized void lost(PeerId peer, ContentId content, PeerId neighbour, RefusalCode code) {
        if (swarms.place(peer, content) == null || swarms.place(neighbour, content) == null || peer.equals(neighbour)) {
            return;
        }
        losses.merge(code, 1L, Long::sum);
        boolean shunned = swarms.lost(peer, content, neighbour, code, clock.millis());
        Attendance.Entry entry = attendance.of(neighbour);
        if (shunned && entry != null && !entry.shunned) {
            entry.shunned = true;
            swarms.shun(entry, clock.millis());
        }
    }

    @Override
    public synchronized List<Rewiring> rewirings() {
        return swarms.takeRewirings();
    }

    @Override
    public synchronized Map<RefusalCode, Long> losses() {
        return Map.copyOf(losses);
    }

    @Override
    public synchronized LeaseAnswer lease(PeerId peer, ContentId content, Model model, BitSet wanted, int room) {
        Membership member = membership(peer, content).orElse(null);
        Swarm swarm = swarms.of(content);
        if (member == null || swarm == null) {
            return new LeaseAnswer.NotNow(Limits.PATIENCE);
        }
        Instant now = clock.instant();
        int most = Math.min(room, Limits.CHUNKS_PER_LEASE);
        LeaseDesk.Answer answer = swarm.desk().lease(peer, model, wanted, most, now.toEpochMilli());
        if (answer.chunks().isEmpty()) {
            return new LeaseAnswer.NotNow(Duration.ofMillis(answer.retryAfterMillis()));
        }
        Instant endsAt = now.plus(Limits.LEASE);
        Lease lease = new Lease(leaseId(), peer, member.account(), member.resource(), content, answer.chunks(), endsAt);
        book.open(lease, now);
        return new LeaseAnswer.Granted(lease);
    }

    @Override
    public synchronized Optional<Lease> lease(String id) {
        return book.find(id, clock.instant());
    }

    @Override
    public synchronized void sent(Lease lease, int chunk) {
        Swarm swarm = swarms.of(lease.content());
        if (swarm != null) {
            swarm.desk().sent(lease.peer(), chunk, clock.millis());
        }
    }

    private String leaseId() {
        byte[] bytes = new byte[LEASE_ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
