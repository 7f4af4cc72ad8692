package io.hubmesh.mesh.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every registry knows of peers and swarms, wherever it keeps its state. */
abstract class RegistryContract extends RegistryScene {

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
        assertThat(registry.memberships(peer.id())).hasSize(1);
        assertThat(registry.swarm(CONTENT)).containsExactly(peer.id());
        assertThat(registry.swarmsOf(peer.id())).isEqualTo(1);
        assertThat(registry.swarms()).isEqualTo(1);
        assertThat(registry.exit(peer.id(), CONTENT)).isTrue();
        assertThat(registry.exit(peer.id(), CONTENT)).isFalse();
        assertThat(registry.membership(peer.id(), CONTENT)).isEmpty();
        assertThat(registry.swarmsOf(peer.id())).isZero();
        assertThat(registry.swarms()).isZero();
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
    void thePeersOfAnAccountAreInOnlySoManySwarmsTogether() {
        int places = Limits.SWARMS_PER_ACCOUNT;
        for (int number = 0; number < places; number += Limits.SWARMS_PER_PEER) {
            Peer own = joined(account(1));
            for (int each = number; each < number + Limits.SWARMS_PER_PEER; each++) {
                assertThat(registry.enter(own.id(), content(each), RESOURCE, CHUNKS, CHUNK_SIZE, chunks()))
                        .isTrue();
            }
        }
        Peer oneMore = joined(account(1));
        assertThat(registry.enter(oneMore.id(), CONTENT, RESOURCE, CHUNKS, CHUNK_SIZE, chunks()))
                .isFalse();
        entered(account(2));
        registry.exit(registry.peersOf(account(1)).get(0).id(), content(0));
        assertThat(registry.enter(oneMore.id(), CONTENT, RESOURCE, CHUNKS, CHUNK_SIZE, chunks()))
                .isTrue();
    }

    @Test
    void whoLeavesIsInNoSwarm() {
        Peer peer = entered(account(1), 1);
        registry.leave(peer.id());
        assertThat(registry.swarm(CONTENT)).isEmpty();
        assertThat(registry.holders(CONTENT)).isZero();
        assertThat(registry.memberships(peer.id())).isEmpty();
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
    void peersMadeForARunAreInSwarmsOfTheirOwn() {
        Peer ordinary = entered(account(1), 1, 2);
        Peer one = enteredRun("a", account(1), 3);
        Peer two = enteredRun("a", account(2));
        Peer other = enteredRun("b", account(3), 4);

        assertThat(registry.holders(CONTENT)).isEqualTo(1);
        assertThat(registry.swarm(CONTENT)).containsExactly(ordinary.id());
        assertThat(registry.neighbours(two.id(), CONTENT)).containsExactly(one.id());
        assertThat(registry.neighbours(other.id(), CONTENT)).isEmpty();
        assertThat(registry.neighbours(ordinary.id(), CONTENT)).isEmpty();
        assertThat(registry.rewirings()).extracting(Rewiring::peer).doesNotContain(ordinary.id(), other.id());

        registry.leave(one.id());
        registry.leave(two.id());
        Peer late = enteredRun("a", account(2));
        assertThat(registry.neighbours(late.id(), CONTENT)).isEmpty();
    }

    @Test
    void anAccountHasSoManyPeersInEachRun() {
        for (int count = 0; count < Limits.PEERS_PER_ACCOUNT; count++) {
            joined(account(1));
            enteredRun("a", account(1));
        }
        assertThat(registry.join(ofRun("a", account(1)))).isFalse();
        assertThat(registry.join(ofRun("b", account(1)))).isTrue();
        assertThat(registry.join(peer(account(1)))).isFalse();
    }

    private Peer ofRun(String run, AccountId account) {
        Peer peer = peer(account);
        return new Peer(peer.id(), account, peer.fingerprint(), peer.network(), peer.joinedAt(), run);
    }

    private Peer enteredRun(String run, AccountId account, int... have) {
        Peer peer = ofRun(run, account);
        assertThat(registry.join(peer)).isTrue();
        assertThat(registry.enter(peer.id(), CONTENT, RESOURCE, CHUNKS, CHUNK_SIZE, chunks(have)))
                .isTrue();
        return peer;
    }
}
