package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in whatever order, some things stay true. */
class LedgerPropertyTests {

    private static final int STEPS = 4_000;

    private static final long[] CLAIMS = {-1, 0, 1, 499, 500, 999, 1_000, 1_001, Long.MAX_VALUE, Long.MIN_VALUE};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theFiguresStayWithinReason(long seed) {
        Random random = new Random(seed);
        LedgerScene scene = new LedgerScene();
        long hub = 0;
        long leases = 0;
        Counters before = Counters.NONE;
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    long bytes = random.nextLong(LedgerScene.SIZE + 1);
                    scene.download(bytes);
                    hub += bytes;
                }
                case 1 -> {
                    long bytes = random.nextLong(LedgerScene.SIZE + 1);
                    scene.lease(bytes);
                    leases += bytes;
                }
                case 2, 3 ->
                    scene.report("t" + random.nextInt(300), state(random), claim(random), claim(random), claim(random));
                case 4 -> scene.pass(Duration.ofMillis(random.nextInt(40_000)));
                default -> scene.ledger.left(scene.peer);
            }
            Counters now = scene.counters();
            assertThat(now.hubBytes()).isEqualTo(hub);
            assertThat(now.leaseBytes()).isEqualTo(leases);
            assertThat(now.peerBytes()).isBetween(before.peerBytes(), before.peerBytes() + LedgerScene.SIZE);
            assertThat(now.meshDownloads()).isBetween(before.meshDownloads(), before.meshDownloads() + 1);
            assertThat(now.wastedBytes()).isGreaterThanOrEqualTo(before.wastedBytes());
            assertThat(now.savedBytes()).isBetween(before.savedBytes(), now.peerBytes());
            Double offload = Overviews.offload(now);
            assertThat(offload == null || (offload >= 0 && offload <= 1)).isTrue();
            before = now;
        }
        assertThat(scene.ledger.snapshot().transfers()).allSatisfy(LedgerPropertyTests::isBounded);
    }

    private static void isBounded(Transfer transfer) {
        assertThat(transfer.fromHub()).isNotNegative();
        assertThat(transfer.fromPeers()).isNotNegative();
        assertThat(transfer.fromHub() + transfer.fromPeers()).isLessThanOrEqualTo(transfer.size());
        if (transfer.state() == Transfer.State.COMPLETED && transfer.discrepancy() == null) {
            assertThat(transfer.addsUp()).isTrue();
        }
    }

    private static State state(Random random) {
        return State.values()[random.nextInt(State.values().length)];
    }

    private static long claim(Random random) {
        return random.nextInt(3) > 0 ? random.nextInt(600) : CLAIMS[random.nextInt(CLAIMS.length)];
    }
}
