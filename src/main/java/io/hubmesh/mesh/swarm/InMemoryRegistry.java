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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The registry of a hub that runs alone: everything in memory, under one lock. */
public final class InMemoryRegistry implements Registry {

    private static final int LEASE_ID_BYTES = 16;

    private final Clock clock;
    private final RandomGenerator random;
    private final Attendance attendance = new Attendance();
    private final Supplier<Swarms> none;
    private final Swarms swarms;

    /** Those of the runs of experiments that have members, each apart from all others. */
    private final Map<String, Swarms> runs = new HashMap<>();

    private final LeaseBook book = new LeaseBook();
    private final Map<RefusalCode, Long> losses = new EnumMap<>(RefusalCode.class);

    /** @param policy what an administrator has chosen; asked whenever it matters */
    public InMemoryRegistry(Clock clock, RandomGenerator random, Supplier<LeasePolicy> policy) {
        this.clock = clock;
        this.random = random;
        this.none = () -> new Swarms(policy, random::nextInt);
        this.swarms = none.get();
    }

    @Override
    public synchronized boolean join(Peer peer) {
        long sameMesh = attendance.of(peer.account()).stream()
                .filter(other -> Objects.equals(other.run(), peer.run()))
                .count();
        if (sameMesh >= Limits.PEERS_PER_ACCOUNT || attendance.of(peer.id()) != null) {
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
        Swarms own = swarms(entry.peer);
        entry.swarms.forEach(content -> own.exit(peer, content, clock.millis()));
        String run = entry.peer.run();
        if (run != null && attendance.all().stream().noneMatch(other -> run.equals(other.run()))) {
            runs.remove(run);
        }
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
    public synchronized Optional<Peer> peer(PeerId id) {
        return Optional.ofNullable(attendance.of(id)).map(entry -> entry.peer);
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
        swarms(entry.peer).open(content, chunks, chunkSize).enter(entry, resource, have, clock.millis());
        return true;
    }

    @Override
    public synchronized boolean exit(PeerId peer, ContentId content) {
        Attendance.Entry entry = attendance.of(peer);
        if (entry == null || !entry.swarms.remove(content)) {
            return false;
        }
        swarms(peer).exit(peer, content, clock.millis());
        book.end(peer, content);
        return true;
    }

    @Override
    public synchronized Optional<Membership> membership(PeerId peer, ContentId content) {
        Attendance.Entry entry = attendance.of(peer);
        Swarm swarm = swarms(peer).of(content);
        ResourceId resource = swarms(peer).place(peer, content);
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
        swarms(peer).have(peer, content, List.copyOf(chunks), clock.millis());
    }

    @Override
    public synchronized void served(PeerId peer, ContentId content, long bytes) {
        Swarm swarm = swarms(peer).of(content);
        if (swarm != null) {
            swarm.desk().served(peer, bytes, clock.millis());
        }
    }

    @Override
    public synchronized List<PeerId> neighbours(PeerId peer, ContentId content) {
        Swarm swarm = swarms(peer).of(content);
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
        Swarms own = swarms(peer);
        if (own.place(peer, content) == null || own.place(neighbour, content) == null || peer.equals(neighbour)) {
            return;
        }
        losses.merge(code, 1L, Long::sum);
        boolean shunned = own.lost(peer, content, neighbour, code, clock.millis());
        Attendance.Entry entry = attendance.of(neighbour);
        if (shunned && entry != null && !entry.shunned) {
            entry.shunned = true;
            own.shun(entry, clock.millis());
        }
    }

    @Override
    public synchronized void reopen() {
        meshes().forEach(each -> each.reopen(clock.millis()));
    }

    @Override
    public synchronized List<Rewiring> rewirings() {
        return meshes().flatMap(each -> each.takeRewirings().stream()).toList();
    }

    private Stream<Swarms> meshes() {
        return Stream.concat(Stream.of(swarms), runs.values().stream());
    }

    @Override
    public synchronized Map<RefusalCode, Long> losses() {
        return Map.copyOf(losses);
    }

    @Override
    public synchronized LeaseAnswer lease(PeerId peer, ContentId content, Model model, BitSet wanted, int room) {
        Membership member = membership(peer, content).orElse(null);
        Swarm swarm = swarms(peer).of(content);
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
        Swarm swarm = swarms(lease.peer()).of(lease.content());
        if (swarm != null) {
            swarm.desk().sent(lease.peer(), chunk, clock.millis());
        }
    }

    private Swarms swarms(PeerId peer) {
        Attendance.Entry entry = attendance.of(peer);
        return entry == null ? swarms : swarms(entry.peer);
    }

    private Swarms swarms(Peer peer) {
        String run = peer.run();
        return run == null ? swarms : runs.computeIfAbsent(run, first -> none.get());
    }

    private String leaseId() {
        byte[] bytes = new byte[LEASE_ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
