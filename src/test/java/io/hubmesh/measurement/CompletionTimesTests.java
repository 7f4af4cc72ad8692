package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompletionTimesTests {

    private final LedgerScene scene = new LedgerScene();

    @Test
    void nothingIsKnownOfNothing() {
        assertThat(times()).isEqualTo(new Overview.Times(null, null, null));
    }

    @Test
    void theMedianAndTheNinetyFifthInAHundredAreByNearestRank() {
        for (int second = 1; second <= 20; second++) {
            scene.time.turn(Duration.ofSeconds(1));
            scene.report("t" + second, State.COMPLETED, 0, LedgerScene.SIZE, 0);
            scene.ledger.close();
        }

        assertThat(times().automatic()).isEqualTo(new Overview.Spread(10_000, 19_000, 20));
        assertThat(times().peers()).isNull();
    }

    @Test
    void theHubsOwnDownloadsTakeUntilTheirLastByteHasGone() {
        scene.download(LedgerScene.SIZE, Duration.ofSeconds(4));
        scene.download(LedgerScene.SIZE, Duration.ofSeconds(2));
        scene.download(1, Duration.ofSeconds(9));

        assertThat(times()).isEqualTo(new Overview.Times(new Overview.Spread(2_000, 4_000, 2), null, null));
    }

    @Test
    void whatIsInDoubtHasNoTime() {
        scene.time.turn(Duration.ofSeconds(1));
        scene.report("gap", State.COMPLETED, 0, 999, 0);
        scene.report("not whole", State.CANCELLED, 0, 10, 0);
        scene.report("running", State.RUNNING, 0, 10, 0);
        scene.ledger.close();

        assertThat(times()).isEqualTo(new Overview.Times(null, null, null));
    }

    private Overview.Times times() {
        return CompletionTimes.of(scene.ledger.snapshot().transfers());
    }
}
