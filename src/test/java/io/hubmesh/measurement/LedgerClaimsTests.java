package io.hubmesh.measurement;

import static io.hubmesh.measurement.LedgerScene.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What peers claim, held against what the hub has sent and against what can be. */
class LedgerClaimsTests {

    private final LedgerScene scene = new LedgerScene();

    @Test
    void theHubsOwnCountMayComeAShortWhileAfterTheReport() {
        scene.report("t", State.COMPLETED, 300, 700, 0);
        scene.lease(300);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().discrepancy()).isNull();
    }

    @Test
    void whatTheHubSentAndThePeerThrewAwayIsWasteAndNoDiscrepancy() {
        scene.lease(400);
        scene.report("t", State.COMPLETED, 300, 700, 100);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().discrepancy()).isNull();
        assertThat(scene.counters().wastedBytes()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"0, 300", "299, 300", "400, 300"})
    void aPeerThatNamesAnotherCountThanTheHubIsShownAndNotClamped(long served, long claimed) {
        scene.lease(served);
        scene.report("t", State.COMPLETED, claimed, SIZE - claimed, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().discrepancy()).contains("300 bytes").contains("sent it " + served);
        assertThat(scene.only().fromHub()).isEqualTo(claimed);
        assertThat(scene.counters().leaseBytes()).isEqualTo(served);
    }

    @Test
    void aCompletedTransferWithAGapIsADiscrepancyAndNoDownload() {
        scene.report("t", State.COMPLETED, 0, 999, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().discrepancy()).contains("999 of 1,000");
        assertThat(scene.only().fromPeers()).isEqualTo(999);
        assertThat(scene.counters().meshDownloads()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "900, 101, 0",
        "0, 1001, 0",
        "9223372036854775807, 1, 0",
        "9223372036854775807, 9223372036854775807, 9223372036854775807",
        "-1, 500, 0",
        "0, -500, 0",
        "0, 500, -1",
        "0, 500, 9223372036854775807",
        "0, 499, 0"
    })
    void aLyingReportIsMarkedAndNotCounted(long fromHub, long fromPeers, long wasted) {
        scene.report("t", State.RUNNING, 0, 500, 10);
        scene.report("t", State.RUNNING, fromHub, fromPeers, wasted);

        assertThat(scene.only().discrepancy()).startsWith("The peer reported");
        assertThat(scene.only().fromPeers()).isEqualTo(500);
        assertThat(scene.counters().peerBytes()).isEqualTo(500);
        assertThat(scene.counters().wastedBytes()).isEqualTo(10);
    }

    @Test
    void whatTheReceiverHadBeforeMakesUpTheSizeAndIsCountedNowhere() {
        scene.lease(100);
        scene.report("t", State.RUNNING, 600, 0, 0, 0);
        scene.report("t", State.COMPLETED, 600, 100, 300, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().discrepancy()).isNull();
        assertThat(scene.only().held()).isEqualTo(600);
        assertThat(scene.counters().peerBytes()).isEqualTo(300);
        assertThat(scene.counters().meshDownloads()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "1001, 0, 0", "1000, 1, 0", "501, 0, 500", "9223372036854775807, 1, 1"})
    void nobodyHeldMoreThanTheFileHasRoomFor(long held, long fromHub, long fromPeers) {
        scene.report("t", State.RUNNING, 400, 0, 100, 0);
        scene.report("t", State.RUNNING, held, fromHub, fromPeers, 0);

        assertThat(scene.only().discrepancy()).startsWith("The peer reported");
        assertThat(scene.only().held()).isEqualTo(400);
    }

    @Test
    void whoForgetsItsWasteIsHeardAndTheWasteStays() {
        scene.report("t", State.RUNNING, 0, 500, 10);
        scene.report("t", State.RUNNING, 0, 600, 0);

        assertThat(scene.only().discrepancy()).isNull();
        assertThat(scene.only().fromPeers()).isEqualTo(600);
        assertThat(scene.counters().wastedBytes()).isEqualTo(10);
    }

    @Test
    void whatTheHubSentBeforeALongPauseIsNotForgotten() {
        scene.lease(300);
        scene.report("t", State.PAUSED, 300, 0, 0);
        scene.pass(Duration.ofHours(3));
        scene.report("t", State.COMPLETED, 300, 700, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().discrepancy()).isNull();
    }

    @Test
    void whatNoTransferAccountsForIsForgotten() {
        scene.lease(300);
        scene.pass(Duration.ofMinutes(11));
        scene.report("t", State.COMPLETED, 0, SIZE, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().discrepancy()).isNull();
    }

    @Test
    void twoTransfersOfTheSameFileShareWhatTheHubSent() {
        scene.report("one", State.RUNNING, 0, 0, 0);
        scene.report("two", State.RUNNING, 0, 0, 0);
        scene.lease(600);
        scene.report("one", State.COMPLETED, 300, 700, 0);
        scene.pass(Ledger.SETTLING);
        scene.report("two", State.COMPLETED, 300, 700, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.ledger.snapshot().transfers()).allMatch(transfer -> transfer.discrepancy() == null);
    }

    @Test
    void aStartThatCannotBeIsNotBelieved() {
        scene.time.turn(Duration.ofSeconds(-1));
        scene.report("future", State.RUNNING, 0, 0, 0);
        scene.time.turn(Claims.LONGEST.plusSeconds(2));
        scene.report("stone age", State.RUNNING, 0, 0, 0);

        assertThat(scene.ledger.snapshot().transfers()).isEmpty();
    }
}
