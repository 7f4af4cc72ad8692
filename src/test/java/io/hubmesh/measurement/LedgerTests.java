package io.hubmesh.measurement;

import static io.hubmesh.measurement.LedgerScene.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aStartThatCannotBeIsNotBelieved() {
        scene.time.turn(Duration.ofSeconds(-1));
        scene.report("future", State.RUNNING, 0, 0, 0);
        scene.time.turn(Claims.LONGEST.plusSeconds(2));
        scene.report("stone age", State.RUNNING, 0, 0, 0);

        assertThat(scene.ledger.snapshot().transfers()).isEmpty();
    }

    @Test
    void whatWasTakenToBeSavedComesBackWhenItCouldNotBe() {
        scene.download(SIZE);
        Unsaved unsaved = scene.ledger.takeUnsaved();
        assertThat(scene.ledger.takeUnsaved().isEmpty()).isTrue();
        scene.ledger.notSaved(unsaved);
        assertThat(scene.ledger.takeUnsaved()).isEqualTo(unsaved);
    }

    @Test
    void ofAnAccountsDownloadsAsManyWaitToBeSavedAsAreKept() {
        int more = 7;
        scene.report("t", State.COMPLETED, 0, SIZE, 0);
        scene.pass(Ledger.SETTLING);
        downloads(Books.MOST_TRANSFERS_PER_ACCOUNT + more);

        Unsaved unsaved = scene.ledger.takeUnsaved();

        assertThat(unsaved.over())
                .as("the newest, and what peers delivered, which was open")
                .hasSize(Books.MOST_TRANSFERS_PER_ACCOUNT + 1)
                .extracting(transfer -> transfer.key().transfer())
                .startsWith("t", "download-" + more);
        assertThat(unsaved.counters().values())
                .extracting(Counters::hubDownloads)
                .containsExactly((long) Books.MOST_TRANSFERS_PER_ACCOUNT + more);
    }

    @Test
    void whatCouldNotBeSavedMakesRoomForWhatCameSince() {
        downloads(Books.MOST_TRANSFERS_PER_ACCOUNT);
        Unsaved unsaved = scene.ledger.takeUnsaved();
        downloads(1);
        scene.ledger.notSaved(unsaved);
        downloads(1);

        assertThat(scene.ledger.takeUnsaved().over())
                .hasSize(Books.MOST_TRANSFERS_PER_ACCOUNT)
                .extracting(transfer -> transfer.key().transfer())
                .startsWith("download-2")
                .endsWith("download-" + (Books.MOST_TRANSFERS_PER_ACCOUNT + 1));
    }

    private void downloads(int count) {
        for (int each = 0; each < count; each++) {
            scene.download(SIZE);
        }
    }

    @Test
    void anotherRunGoesOnWhereTheLastOneEnded() {
        scene.download(SIZE);
        scene.report("t", State.COMPLETED, 0, SIZE, 0);
        scene.ledger.close();
        Unsaved kept = scene.ledger.takeUnsaved();

        Ledger next = new Ledger(scene.time, () -> "next", new Kept(kept.counters(), kept.over(), List.of()));

        Snapshot ended = scene.ledger.snapshot();
        assertThat(next.snapshot())
                .as("what peers gave and took is compared since the hub started")
                .isEqualTo(new Snapshot(ended.at(), ended.counters(), ended.transfers(), Map.of()));
    }

    @Test
    void aTransferThatWasOpenWhenTheHubWasKilledIsCountedOnceAndHasTheUsualTimeToBeHeardOf() {
        scene.report("heard", State.RUNNING, 0, 200, 0);
        scene.report("silent", State.PAUSED, 0, 30, 0);
        Unsaved kept = scene.ledger.takeUnsaved();
        scene.time.turn(Duration.ofHours(1));
        scene.restart(new Kept(kept.counters(), kept.over(), kept.open()));

        assertThat(scene.counters().peerBytes()).isEqualTo(230);
        scene.pass(Ledger.SILENCE.minusMillis(1));
        scene.report("heard", State.COMPLETED, 0, SIZE, 0);
        scene.pass(Ledger.SETTLING);

        assertThat(scene.counters().peerBytes()).isEqualTo(SIZE + 30);
        assertThat(scene.counters().meshDownloads()).isEqualTo(1);
        assertThat(scene.ledger.snapshot().transfers())
                .extracting(Transfer::state)
                .containsExactlyInAnyOrder(Transfer.State.COMPLETED, Transfer.State.LOST);
        assertThat(scene.ledger.takeUnsaved().tallies().values())
                .as("what was written before is not told again")
                .extracting(tally -> tally.counted().peerBytes())
                .containsExactly(SIZE - 200, SIZE - 200);
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
