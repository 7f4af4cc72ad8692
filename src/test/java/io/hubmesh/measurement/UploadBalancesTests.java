package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.measurement.UploadBalances.Balance;
import io.hubmesh.mesh.events.TransferReported.State;
import io.hubmesh.mesh.events.UploadReported;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Peers that give, peers that take, and peers that say so. */
class UploadBalancesTests {

    private static final long SIZE = 100_000_000;

    private final LedgerScene scene = new LedgerScene(SIZE);

    @Test
    void honestPeersAgree() {
        gave("tab", SIZE / 2);
        took("t", State.RUNNING, SIZE / 2 - 900_000);
        assertThat(balance().discrepancy()).as("a second apart").isNull();
        gave("tab", SIZE);
        took("t", State.COMPLETED, SIZE);
        assertThat(balance()).isEqualTo(new Balance(SIZE, SIZE));
        assertThat(balance().discrepancy()).isNull();
    }

    @Test
    void aLiarThatClaimsTenTimesAsMuchShows() {
        took("t", State.COMPLETED, SIZE);
        gave("tab", SIZE);
        assertThat(balance().discrepancy()).isNull();
        gave("liar", 10 * SIZE);
        assertThat(balance().discrepancy()).contains("gave 1,100,000,000 bytes").contains("took 100,000,000");
    }

    @Test
    void aLiarThatNobodyTookFromShows() {
        gave("liar", 10 * SIZE);
        assertThat(balance().discrepancy()).contains("took 0");
    }

    @Test
    void whatWasWastedWasTakenToo() {
        scene.report("t", State.RUNNING, 0, 0, SIZE);
        gave("tab", SIZE);
        assertThat(balance()).isEqualTo(new Balance(SIZE, SIZE));
    }

    @Test
    void aTabThatConnectsAgainOrJoinsAnewIsCountedOnce() {
        gave("tab", 400);
        gave("tab", 400);
        gave("tab", 1_000);
        assertThat(balance().gave())
                .as("the same certificate, whatever the socket")
                .isEqualTo(1_000);
        gave("tab", 30);
        assertThat(balance().gave()).as("its count began anew").isEqualTo(1_030);
    }

    @Test
    void aReportThatIsNotBelievedTakesNothing() {
        took("t", State.RUNNING, 500);
        took("t", State.RUNNING, SIZE + 1);
        took("t", State.RUNNING, 400);
        assertThat(balance().took()).isEqualTo(500);
    }

    @Test
    void aTransferThatIsTakenUpAgainIsNotTakenTwice() {
        took("t", State.FAILED, 700);
        scene.pass(Ledger.SETTLING);
        took("t", State.RUNNING, 900);
        assertThat(balance().took()).isEqualTo(900);
    }

    @Test
    void memoryAndSumsAreBounded() {
        for (int number = 0; number < UploadBalances.MOST_TABS + 50; number++) {
            gave("tab-" + number, Long.MAX_VALUE);
        }
        assertThat(balance().gave()).isEqualTo((1L << 53) - 1);
        for (int number = 0; number < UploadBalances.MOST_CONTENTS + 50; number++) {
            scene.ledger.gave(report(new ContentId(String.format("%064x", number)), "tab", 1));
        }
        assertThat(scene.ledger.snapshot().uploads()).hasSize(UploadBalances.MOST_CONTENTS);
    }

    private void gave(String tab, long bytes) {
        scene.ledger.gave(report(scene.content, tab, bytes));
    }

    private void took(String transfer, State state, long fromPeers) {
        scene.report(transfer, state, 0, fromPeers, 0);
    }

    private Balance balance() {
        return scene.ledger.snapshot().uploads().getOrDefault(scene.content, Balance.NONE);
    }

    private UploadReported report(ContentId content, String tab, long bytes) {
        return new UploadReported(new AccountId(new UUID(7, 7)), tab, content, bytes, scene.time.instant());
    }
}
