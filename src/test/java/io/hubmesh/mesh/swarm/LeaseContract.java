package io.hubmesh.mesh.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every registry grants, wherever it keeps its state; which chunks, {@link LeaseVectorsTests} says. */
abstract class LeaseContract extends RegistryScene {

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
        assertThat(retry(one, all)).isEqualTo(Limits.RETRY_PER_MEMBER);
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
}
