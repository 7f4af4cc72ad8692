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
import java.util.Base64;
import java.util.BitSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** A registry with peers in it, on a clock that a test turns. */
abstract class RegistryScene {

    static final int CHUNKS = 100;
    static final int CHUNK_SIZE = 64 * 1024;
    static final Fingerprint FINGERPRINT = new Fingerprint("AB" + ":AB".repeat(31));
    static final ContentId CONTENT = content(1);
    static final ResourceId RESOURCE = new ResourceId(new UUID(0, 77));

    final HandClock clock = new HandClock();
    final RandomGenerator random =
            RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(7);
    LeasePolicy policy = LeasePolicy.BY_SIZE;
    final Registry registry = registry(clock, random, () -> policy);

    abstract Registry registry(Clock clock, RandomGenerator random, Supplier<LeasePolicy> policy);

    Lease granted(Peer peer, int... wanted) {
        LeaseAnswer answer = registry.lease(peer.id(), CONTENT, Model.PEERS, chunks(wanted), Limits.CHUNKS_PER_LEASE);
        assertThat(answer).isInstanceOf(LeaseAnswer.Granted.class);
        return ((LeaseAnswer.Granted) answer).lease();
    }

    Lease automatic(Peer peer) {
        BitSet all = chunks(IntStream.range(0, CHUNKS).toArray());
        LeaseAnswer answer = registry.lease(peer.id(), CONTENT, Model.AUTOMATIC, all, Limits.CHUNKS_PER_LEASE);
        assertThat(answer).isInstanceOf(LeaseAnswer.Granted.class);
        return ((LeaseAnswer.Granted) answer).lease();
    }

    Duration retry(Peer peer, int... wanted) {
        LeaseAnswer answer = registry.lease(peer.id(), CONTENT, Model.PEERS, chunks(wanted), Limits.CHUNKS_PER_LEASE);
        assertThat(answer).isInstanceOf(LeaseAnswer.NotNow.class);
        return ((LeaseAnswer.NotNow) answer).retryAfter();
    }

    Peer entered(AccountId account, int... have) {
        Peer peer = joined(account);
        assertThat(registry.enter(peer.id(), CONTENT, RESOURCE, CHUNKS, CHUNK_SIZE, chunks(have)))
                .isTrue();
        return peer;
    }

    Peer joined(AccountId account) {
        Peer peer = peer(account);
        assertThat(registry.join(peer)).isTrue();
        return peer;
    }

    Peer peer(AccountId account) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        return new Peer(new PeerId(name), account, FINGERPRINT, Network.UNKNOWN, clock.instant());
    }

    static BitSet chunks(int... indexes) {
        BitSet set = new BitSet();
        IntStream.of(indexes).forEach(set::set);
        return set;
    }

    static AccountId account(int number) {
        return new AccountId(new UUID(0, number));
    }

    static ContentId content(int number) {
        return new ContentId(String.format("%064x", number));
    }
}
