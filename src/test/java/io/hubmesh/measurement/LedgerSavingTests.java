package io.hubmesh.measurement;

import static io.hubmesh.measurement.LedgerScene.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a ledger waits to be saved, and how another one goes on with it. */
class LedgerSavingTests {

    private final LedgerScene scene = new LedgerScene();

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

    private void downloads(int count) {
        for (int each = 0; each < count; each++) {
            scene.download(SIZE);
        }
    }
}
