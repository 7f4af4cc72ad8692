package io.hubmesh.mesh.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.hubmesh.HandClock;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.swarm.InMemoryRegistry;
import io.hubmesh.mesh.swarm.LeasePolicy;
import io.hubmesh.mesh.swarm.Network;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.ticket.Fingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A review of many peers keeps nobody waiting for all of them. */
@Timeout(60)
class ReviewTests {

    private static final int PEERS = 5 * Review.SLICE + 3;

    private final HandClock clock = new HandClock();
    private final Random random = new Random(7);
    private final Registry registry = new InMemoryRegistry(clock, random, () -> LeasePolicy.BY_SIZE);
    private final Turns turns = new Turns();
    private final Permits permits = mock(Permits.class);
    private final Register register = mock(Register.class);
    private final Review review = new Review(turns, permits, registry, register);

    @BeforeEach
    void manyPeers() {
        Fingerprint fingerprint = new Fingerprint("AB" + ":AB".repeat(31));
        for (int number = 0; number < PEERS; number++) {
            AccountId account = new AccountId(new UUID(0, number));
            registry.join(new Peer(Peer.newId(random), account, fingerprint, Network.UNKNOWN, clock.instant()));
        }
        when(register.revocations()).thenReturn("a list");
    }

    @Test
    void whoComesMeanwhileWaitsForOneSliceAtMost() throws Exception {
        AtomicInteger decided = new AtomicInteger();
        AtomicInteger before = new AtomicInteger();
        Thread newcomer = new Thread(() -> turns.take(() -> {
            before.set(decided.get());
            return true;
        }));
        doAnswer(question -> {
                    if (decided.incrementAndGet() == 1) {
                        newcomer.start();
                        await().atMost(Duration.ofSeconds(50)).until(turns::areAwaited);
                    }
                    return null;
                })
                .when(permits)
                .requireWelcome(any());

        review.ofThoseOnline(withdrawal -> assertThat(withdrawal).isNull());
        newcomer.join();

        assertThat(decided).hasValue(PEERS);
        assertThat(before.get()).isBetween(1, Review.SLICE);
    }

    @Test
    void everySliceTellsWhatItHasTakenBack() {
        doThrow(new ProblemException(ProblemCode.NOT_FOUND)).when(permits).requireWelcome(any());
        List<Withdrawal> told = new ArrayList<>();

        review.ofThoseOnline(told::add);

        Set<AccountId> expelled = new HashSet<>();
        told.forEach(withdrawal -> expelled.addAll(withdrawal.expelled()));
        assertThat(expelled).hasSize(PEERS);
        assertThat(told).hasSize(6).allSatisfy(withdrawal -> assertThat(withdrawal.expelled())
                .hasSizeLessThanOrEqualTo(Review.SLICE));
        verify(register, times(told.size())).revoke(anyCollection());
    }
}
