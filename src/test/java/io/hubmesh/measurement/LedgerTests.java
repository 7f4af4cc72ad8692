package io.hubmesh.measurement;

import static io.hubmesh.measurement.LedgerScene.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is delivered, from its first report to its end, and what it counts for. */
class LedgerTests {

    private final LedgerScene scene = new LedgerScene();

    @Test
    void aWholeFileFromTheHubIsADownload() {
        scene.download(SIZE, Duration.ofSeconds(3));

        assertThat(scene.counters().hubBytes()).isEqualTo(SIZE);
        assertThat(scene.counters().hubDownloads()).isEqualTo(1);
        assertThat(scene.only().model()).isEqualTo(Transfer.Model.HUB);
        assertThat(scene.only().state()).isEqualTo(Transfer.State.COMPLETED);
        assertThat(scene.only().addsUp()).isTrue();
        assertThat(scene.only().duration()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aPartFromTheHubIsBytesAndNoDownload() {
        scene.download(SIZE - 1);
        scene.download(1);

        assertThat(scene.counters().hubBytes()).isEqualTo(SIZE);
        assertThat(scene.counters().hubDownloads()).isZero();
        assertThat(scene.ledger.snapshot().transfers()).isEmpty();
    }

    @Test
    void aTransferThatAddsUpIsCountedWithoutDoubt() {
        scene.lease(300);
        scene.report("t", State.RUNNING, 300, 200, 0);
        assertThat(scene.only().state()).isEqualTo(Transfer.State.RUNNING);
        assertThat(scene.only().duration()).isNull();
        assertThat(scene.counters().peerBytes()).isEqualTo(200);
        scene.time.turn(Duration.ofSeconds(7));
        scene.report("t", State.COMPLETED, 300, 700, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().discrepancy()).isNull();
        assertThat(scene.only().duration()).isEqualTo(Duration.ofSeconds(7));
        assertThat(scene.counters().leaseBytes()).isEqualTo(300);
        assertThat(scene.counters().peerBytes()).isEqualTo(700);
        assertThat(scene.counters().meshDownloads()).isEqualTo(1);
        assertThat(Overviews.offload(scene.counters())).isEqualTo(0.7);
    }

    @Test
    void whatPeersBroughtIsSavedWhenItsTransferIsWholeAndBeyondDoubt() {
        scene.report("t", State.RUNNING, 0, 700, 0);
        scene.report("given up", State.CANCELLED, 0, 400, 0);
        scene.report("gap", State.COMPLETED, 0, 999, 0);
        scene.report("contradicted", State.COMPLETED, 300, 700, 0);
        scene.pass(Ledger.SETTLING);
        assertThat(scene.counters().savedBytes()).isZero();
        scene.report("t", State.COMPLETED, 0, SIZE, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.counters().savedBytes()).isEqualTo(SIZE);
        assertThat(scene.counters().peerBytes()).isEqualTo(SIZE + 400 + 999 + 700);
    }

    @Test
    void whatCameOverARelayIsCountedApartAndIsPartOfWhatPeersGave() {
        scene.relayed = 150;
        scene.report("t", State.RUNNING, 0, 200, 0);
        assertThat(scene.counters().relayedBytes()).isEqualTo(150);
        scene.relayed = 201;
        scene.report("t", State.RUNNING, 0, 200, 0);

        assertThat(scene.only().relayed()).isEqualTo(150);
        assertThat(scene.only().discrepancy()).contains("more over relays than from peers");
        assertThat(scene.counters().peerBytes()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, 0", "FAILED, 3600", "CANCELLED, 0", "CANCELLED, 3600"})
    void aTransferThatEndedBeforeItWasWholeMayBeTakenUpAgain(State end, long secondsLater) {
        scene.lease(100);
        scene.report("t", State.RUNNING, 100, 200, 0);
        scene.report("t", end, 100, 200, 0);
        scene.pass(Duration.ofSeconds(secondsLater));
        scene.report("t", State.RUNNING, 100, 300, 0);
        assertThat(scene.only().state()).isEqualTo(Transfer.State.RUNNING);
        assertThat(scene.only().duration()).isNull();
        scene.report("t", State.COMPLETED, 100, 900, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().state()).isEqualTo(Transfer.State.COMPLETED);
        assertThat(scene.only().discrepancy()).isNull();
        assertThat(scene.counters().peerBytes()).isEqualTo(900);
        assertThat(scene.counters().meshDownloads()).isEqualTo(1);
    }

    @Test
    void theFirstByteIsKeptAsItWasToldFirst() {
        scene.report("t", State.RUNNING, 0, 0, 0);
        assertThat(scene.only().firstByte()).isNull();
        scene.firstByte = Duration.ofMillis(40);
        scene.report("t", State.RUNNING, 0, 100, 0);
        scene.firstByte = Duration.ofMillis(9_000);
        scene.report("t", State.RUNNING, 0, 200, 0);

        assertThat(scene.only().firstByte()).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void aTransferIsOverOnce() {
        scene.report("t", State.COMPLETED, 0, SIZE, 0);
        scene.report("t", State.COMPLETED, 0, SIZE, 0);
        scene.pass(Ledger.SETTLING);
        scene.report("t", State.RUNNING, 0, SIZE, 0);
        scene.report("t", State.COMPLETED, 0, SIZE, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.counters().meshDownloads()).isEqualTo(1);
        assertThat(scene.counters().peerBytes()).isEqualTo(SIZE);
    }

    @Test
    void aTransferThatFallsSilentIsLostAndMayGoOn() {
        scene.lease(100);
        scene.report("t", State.RUNNING, 100, 200, 0);
        scene.ledger.left(scene.peer);
        scene.pass(Ledger.SILENCE.minusMillis(1));
        assertThat(scene.only().state()).isEqualTo(Transfer.State.RUNNING);
        scene.pass(Duration.ofMillis(1));
        assertThat(scene.only().state()).isEqualTo(Transfer.State.LOST);
        assertThat(scene.counters().peerBytes()).isEqualTo(200);

        scene.report("t", State.COMPLETED, 100, 900, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.only().state()).isEqualTo(Transfer.State.COMPLETED);
        assertThat(scene.only().discrepancy()).isNull();
        assertThat(scene.counters().peerBytes()).isEqualTo(900);
        assertThat(scene.counters().meshDownloads()).isEqualTo(1);
    }

    @Test
    void aPausedTransferWaitsForAsLongAsItsPeerIsThere() {
        scene.report("t", State.PAUSED, 0, 200, 0);
        scene.pass(Duration.ofHours(3));
        assertThat(scene.only().state()).isEqualTo(Transfer.State.PAUSED);
        scene.ledger.left(scene.peer);
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.only().state()).isEqualTo(Transfer.State.LOST);
    }

    @Test
    void oneAccountCannotFillTheMemory() {
        for (int i = 0; i < 500; i++) {
            scene.report("running-" + i, State.RUNNING, 0, 1, 0);
        }
        assertThat(scene.ledger.open(scene.member)).isEqualTo(Ledger.MOST_RUNNING_PER_ACCOUNT);
        for (int i = 0; i < 500; i++) {
            scene.download(SIZE);
        }
        assertThat(scene.ledger.snapshot().transfers())
                .hasSize(Ledger.MOST_RUNNING_PER_ACCOUNT + FinishedTransfers.MOST_PER_ACCOUNT);
    }

    @Test
    void theNewestTransferComesFirst() {
        scene.download(SIZE);
        scene.time.turn(Duration.ofSeconds(1));
        scene.download(SIZE);

        assertThat(scene.ledger.snapshot().transfers())
                .extracting(transfer -> transfer.key().transfer())
                .isEqualTo(List.of("download-1", "download-0"));
    }
}
