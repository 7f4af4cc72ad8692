package io.hubmesh.mesh.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.TransferReported.Model;
import io.hubmesh.mesh.ticket.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every registry does, wherever it keeps its state. */
abstract class RegistryContract {

    private static final int CHUNKS = 100;
    private static final int CHUNK_SIZE = 64 * 1024;
    private static final Fingerprint FINGERPRINT = new Fingerprint("AB" + ":AB".repeat(31));
    private static final ContentId CONTENT = content(1);
    private static final ResourceId RESOURCE = new ResourceId(new UUID(0, 77));

    private final HandClock clock = new HandClock();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(7);
    private LeasePolicy policy = LeasePolicy.BY_SIZE;
    private final Registry registry = registry(clock, random, () -> policy);

    abstract Registry registry(Clock clock, RandomGenerator random, Supplier<LeasePolicy> policy);

    @Test
    void aPeerJoinsAndLeaves() {
        Peer peer = joined(account(1));
        assertThat(registry.peers()).containsExactly(peer);
        assertThat(registry.join(peer)).as("twice").isFalse();
        assertThat(registry.leave(peer.id())).contains(peer);
        assertThat(registry.leave(peer.id())).isEmpty();
        assertThat(registry.peers()).isEmpty();
    }

    @Test
    void anAccountHasOnlySoManyPeers() {
        for (int count = 0; count < Limits.PEERS_PER_ACCOUNT; count++) {
            joined(account(1));
        }
        assertThat(registry.join(peer(account(1)))).isFalse();
        assertThat(registry.join(peer(account(2)))).isTrue();
        assertThat(registry.peersOf(account(1))).hasSize(Limits.PEERS_PER_ACCOUNT);
        registry.leave(registry.peersOf(account(1)).get(0).id());
        assertThat(registry.join(peer(account(1)))).isTrue();
    }

    @Test
    void theSilentAreNamed() {
        Peer quiet = joined(account(1));
        Peer lively = joined(account(2));
        clock.turn(Limits.SILENCE.minusSeconds(1));
        assertThat(registry.silent()).isEmpty();
        registry.heard(lively.id());
        clock.turn(Duration.ofSeconds(1));
        assertThat(registry.silent()).containsExactly(quiet.id());
    }

    @Test
    void aPeerEntersAndExitsASwarm() {
        Peer peer = entered(account(1));
        assertThat(registry.membership(peer.id(), CONTENT))
                .contains(new Membership(peer.id(), account(1), CONTENT, RESOURCE, CHUNKS));
        assertThat(registry.memberships()).hasSize(1);
        assertThat(registry.swarm(CONTENT)).containsExactly(peer.id());
        assertThat(registry.swarmsOf(peer.id())).isEqualTo(1);
        assertThat(registry.exit(peer.id(), CONTENT)).isTrue();
        assertThat(registry.exit(peer.id(), CONTENT)).isFalse();
        assertThat(registry.membership(peer.id(), CONTENT)).isEmpty();
        assertThat(registry.swarmsOf(peer.id())).isZero();
    }

    @Test
    void enteringAgainBringsThePlaceUpToDate() {
        Peer peer = entered(account(1), 1, 2);
        ResourceId elsewhere = new ResourceId(new UUID(0, 78));
        assertThat(registry.enter(peer.id(), CONTENT, elsewhere, CHUNKS, CHUNK_SIZE, chunks(2, 3)))
                .isTrue();
        assertThat(registry.membership(peer.id(), CONTENT).orElseThrow().resource())
                .isEqualTo(elsewhere);
        assertThat(registry.swarmsOf(peer.id())).isEqualTo(1);
        assertThat(registry.holders(CONTENT)).isEqualTo(1);
    }

    @Test
    void whoIsNotInTheMeshEntersNothing() {
        assertThat(registry.enter(peer(account(1)).id(), CONTENT, RESOURCE, CHUNKS, CHUNK_SIZE, chunks()))
                .isFalse();
        assertThat(registry.swarm(CONTENT)).isEmpty();
    }

    @Test
    void aPeerIsInOnlySoManySwarms() {
        Peer peer = joined(account(1));
        for (int number = 0; number < Limits.SWARMS_PER_PEER; number++) {
            assertThat(registry.enter(peer.id(), content(number), RESOURCE, CHUNKS, CHUNK_SIZE, chunks()))
                    .isTrue();
        }
        assertThat(registry.enter(peer.id(), content(1000), RESOURCE, CHUNKS, CHUNK_SIZE, chunks()))
                .isFalse();
        assertThat(registry.enter(peer.id(), content(0), RESOURCE, CHUNKS, CHUNK_SIZE, chunks()))
                .as("one it is in already")
                .isTrue();
        registry.exit(peer.id(), content(0));
        assertThat(registry.enter(peer.id(), content(1000), RESOURCE, CHUNKS, CHUNK_SIZE, chunks()))
                .isTrue();
    }

    @Test
    void whoLeavesIsInNoSwarm() {
        Peer peer = entered(account(1), 1);
        registry.leave(peer.id());
        assertThat(registry.swarm(CONTENT)).isEmpty();
        assertThat(registry.holders(CONTENT)).isZero();
        assertThat(registry.memberships()).isEmpty();
    }

    @Test
    void holdersHaveSomething() {
        Peer one = entered(account(1));
        entered(account(2), 5);
        assertThat(registry.holders(CONTENT)).isEqualTo(1);
        registry.have(one.id(), CONTENT, List.of(0, 99));
        assertThat(registry.holders(CONTENT)).isEqualTo(2);
        registry.have(peer(account(3)).id(), CONTENT, List.of(0));
        assertThat(registry.holders(CONTENT)).as("a stranger changes nothing").isEqualTo(2);
    }

    @Test
    void neighboursAreOthersWhoLackSomethingOrHoldWhatIsLacked() {
        Peer asker = entered(account(1));
        for (int number = 0; number < 10; number++) {
            entered(account(20 + number), 1);
        }
        assertThat(registry.neighbours(asker.id(), CONTENT))
                .hasSize(Limits.NEIGHBOURS)
                .doesNotHaveDuplicates()
                .doesNotContain(asker.id());
    }

    @Test
    void nobodyIsAloneWithThemselves() {
        Peer asker = entered(account(1));
        assertThat(registry.neighbours(asker.id(), CONTENT)).isEmpty();
        assertThat(registry.neighbours(joined(account(2)).id(), CONTENT)).isEmpty();
    }

    @Test
    void aLeaseHoldsWantedChunks() {
        Peer asker = entered(account(1), 4);
        Lease lease = granted(asker, 9, 4, 2);
        assertThat(lease.chunks()).as("not what it holds").containsExactlyInAnyOrder(2, 9);
        assertThat(lease.account()).isEqualTo(account(1));
        assertThat(lease.resource()).isEqualTo(RESOURCE);
        assertThat(lease.id()).matches("[A-Za-z0-9_-]{22}");
        assertThat(registry.lease(lease.id())).contains(lease);
    }

    @Test
    void aChunkIsLeasedToOneAtATime() {
        Peer one = entered(account(1));
        Peer two = entered(account(2));
        granted(one, 1, 2);
        assertThat(granted(two, 1, 2, 3).chunks()).containsExactly(3);
        assertThat(retry(two, 1, 2)).isEqualTo(Limits.SOONEST_RETRY);
    }

    @Test
    void aLeaseEnds() {
        Peer one = entered(account(1));
        Lease lease = granted(one, 1);
        clock.turn(Limits.LEASE.minusMillis(1));
        assertThat(registry.lease(lease.id())).isPresent();
        clock.turn(Duration.ofMillis(1));
        assertThat(registry.lease(lease.id())).isEmpty();
        assertThat(granted(entered(account(2)), 1).chunks()).containsExactly(1);
    }

    @Test
    void aLeaseEndsWithItsPeer() {
        Peer one = entered(account(1));
        Lease left = granted(one, 1);
        registry.leave(one.id());
        assertThat(registry.lease(left.id())).isEmpty();
        Peer two = entered(account(2));
        Lease exited = granted(two, 1);
        registry.exit(two.id(), CONTENT);
        assertThat(registry.lease(exited.id())).isEmpty();
        assertThat(granted(entered(account(3)), 1).chunks()).containsExactly(1);
    }

    @Test
    void aLeaseHasOnlySoManyChunks() {
        Peer one = entered(account(1));
        int[] all = IntStream.range(0, CHUNKS).toArray();
        int sent = 0;
        for (int chunks = 0; sent < Limits.CHUNKS_PER_LEASE; sent += chunks) {
            Lease lease = granted(one, all);
            lease.chunks().forEach(chunk -> registry.sent(lease, chunk));
            chunks = lease.chunks().size();
        }
        assertThat(granted(one, all).chunks()).hasSize(Limits.CHUNKS_PER_LEASE);
    }

    @Test
    void whatIsSentMakesRoomForMore() {
        Peer one = entered(account(1));
        int[] all = IntStream.range(0, CHUNKS).toArray();
        Lease lease = granted(one, all);
        assertThat(retry(one, all)).isEqualTo(Limits.SOONEST_RETRY);
        registry.sent(lease, lease.chunks().get(0));
        assertThat(granted(one, all).chunks()).hasSize(1);
    }

    @Test
    void whatAPeerHoldsIsLeftToThePeersForAWhile() {
        Peer holder = entered(account(1), 1, 2);
        Peer asker = entered(account(2));
        registry.have(holder.id(), CONTENT, IntStream.range(0, CHUNKS).boxed().toList());
        assertThat(retry(asker, 1, 2)).isEqualTo(Limits.SOONEST_RETRY);
        clock.turn(Limits.PATIENCE.minusMillis(100));
        assertThat(retry(asker, 1, 2)).isEqualTo(Duration.ofMillis(100));
        clock.turn(Duration.ofMillis(100));
        assertThat(granted(asker, 1, 2).chunks()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void thePolicyIsAskedEachTime() {
        entered(account(1), IntStream.range(0, CHUNKS).toArray());
        Peer asker = entered(account(2));
        policy = LeasePolicy.THRIFTY;
        int credit = automatic(asker).chunks().size();
        policy = LeasePolicy.FAST;
        assertThat(automatic(asker).chunks()).hasSizeGreaterThan(credit);
    }

    @Test
    void whoServesQuicklyGetsMore() {
        List<Peer> askers = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            askers.add(entered(account(number)));
        }
        askers.forEach(asker -> registry.served(asker.id(), CONTENT, 0));
        clock.turn(Duration.ofSeconds(1));
        registry.served(askers.get(0).id(), CONTENT, 3_000);
        registry.served(askers.get(1).id(), CONTENT, 1_000);
        int[] all = IntStream.range(0, CHUNKS).toArray();
        assertThat(granted(askers.get(1), all).chunks()).hasSize(4);
        assertThat(granted(askers.get(0), all).chunks()).hasSize(12);
    }

    @Test
    void whenTheHolderLeavesNobodyHasToWait() {
        Peer holder = entered(account(1), 1);
        Peer asker = entered(account(2));
        retry(asker, 1);
        registry.leave(holder.id());
        assertThat(granted(asker, 1).chunks()).containsExactly(1);
    }

    @Test
    void whoIsNotInTheSwarmGetsNoLease() {
        assertThat(retry(joined(account(1)), 1)).isPositive();
        assertThat(registry.lease("AAAAAAAAAAAAAAAAAAAAAA")).isEmpty();
    }

    @Test
    void lostLinksAreCountedByTheirReason() {
        Peer one = entered(account(1));
        Peer two = entered(account(2));
        registry.lost(one.id(), CONTENT, two.id(), RefusalCode.UNREACHABLE);
        registry.lost(two.id(), CONTENT, one.id(), RefusalCode.UNREACHABLE);
        registry.lost(one.id(), CONTENT, two.id(), RefusalCode.SILENT);
        registry.lost(one.id(), CONTENT, one.id(), RefusalCode.BUSY);
        registry.lost(one.id(), CONTENT, joined(account(3)).id(), RefusalCode.BUSY);
        assertThat(registry.losses()).isEqualTo(Map.of(RefusalCode.UNREACHABLE, 2L, RefusalCode.SILENT, 1L));
    }

    private Lease granted(Peer peer, int... wanted) {
        LeaseAnswer answer = registry.lease(peer.id(), CONTENT, Model.PEERS, chunks(wanted), Limits.CHUNKS_PER_LEASE);
        assertThat(answer).isInstanceOf(LeaseAnswer.Granted.class);
        return ((LeaseAnswer.Granted) answer).lease();
    }

    private Lease automatic(Peer peer) {
        BitSet all = chunks(IntStream.range(0, CHUNKS).toArray());
        LeaseAnswer answer = registry.lease(peer.id(), CONTENT, Model.AUTOMATIC, all, Limits.CHUNKS_PER_LEASE);
        assertThat(answer).isInstanceOf(LeaseAnswer.Granted.class);
        return ((LeaseAnswer.Granted) answer).lease();
    }

    private Duration retry(Peer peer, int... wanted) {
        LeaseAnswer answer = registry.lease(peer.id(), CONTENT, Model.PEERS, chunks(wanted), Limits.CHUNKS_PER_LEASE);
        assertThat(answer).isInstanceOf(LeaseAnswer.NotNow.class);
        return ((LeaseAnswer.NotNow) answer).retryAfter();
    }

    private Peer entered(AccountId account, int... have) {
        Peer peer = joined(account);
        assertThat(registry.enter(peer.id(), CONTENT, RESOURCE, CHUNKS, CHUNK_SIZE, chunks(have)))
                .isTrue();
        return peer;
    }

    private Peer joined(AccountId account) {
        Peer peer = peer(account);
        assertThat(registry.join(peer)).isTrue();
        return peer;
    }

    private Peer peer(AccountId account) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        return new Peer(new PeerId(name), account, FINGERPRINT, clock.instant());
    }

    private static BitSet chunks(int... indexes) {
        BitSet set = new BitSet();
        IntStream.of(indexes).forEach(set::set);
        return set;
    }

    private static AccountId account(int number) {
        return new AccountId(new UUID(0, number));
    }

    private static ContentId content(int number) {
        return new ContentId(String.format("%064x", number));
    }
}
