package io.hubmesh.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.kernel.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old records go, and the chain can still be checked. */
class PruningTests {

    private final Written written;

    PruningTests(@TempDir Path data) {
        written = new Written(data).with(5);
    }

    @Test
    void whatIsOlderGoesAndIsToldOf() {
        later(399);
        written.append("young");
        later(2);
        written.custody().prune();

        assertThat(written.rows.first()).isEqualTo(6);
        AuditRecord told = written.rows.find(7).orElseThrow();
        assertThat(told.action()).isEqualTo(Action.AUDIT_PRUNED.name());
        assertThat(told.detail()).contains("\"through\":\"5\"", "\"records\":\"5\"", "\"keep\":\"400 days\"");
        assertThat(written.findings()).isEmpty();

        later(500);
        written.custody().prune();
        assertThat(written.rows.first()).isEqualTo(8);
        assertThat(written.findings()).isEmpty();
    }

    @Test
    void nothingIsTakenOutOrToldOfBeforeItsTime() {
        later(399);
        written.custody().prune();

        assertThat(written.chain.head().sequence()).isEqualTo(5);
    }

    @Test
    void whoeverTakesOutMoreThanWasPrunedIsFound() {
        later(399);
        written.append("young");
        written.append("young too");
        later(2);
        written.custody().prune();
        written.change("delete from audit_records where sequence = 6");

        assertThat(written.findings()).singleElement().asString().contains("begins with record 7");
    }

    @Test
    void nothingGoesWhereRecordsAreKeptForEver() {
        Retention before = written.retention.now();
        written.retention.change(Written.ADA, null, new Retention(before.version(), null));
        later(40_000);
        written.custody().prune();

        assertThat(written.rows.first()).isEqualTo(1);
        AuditRecord change = written.rows.find(6).orElseThrow();
        assertThat(change.action()).isEqualTo(Action.SETTINGS_CHANGED.name());
        assertThat(change.detail()).isEqualTo("{\"before\":\"400 days\",\"keep\":\"for ever\"}");
    }

    @Test
    void nobodyCanMakeYesterdayVanish() {
        Retention before = written.retention.now();

        assertThatThrownBy(() -> written.retention.change(Written.ADA, null, new Retention(before.version(), 29)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("30 to 36500");
        assertThatThrownBy(() -> written.retention.change(Written.ADA, null, new Retention(before.version() + 1, 90)))
                .isInstanceOf(ProblemException.class);
        assertThat(written.retention.now()).isEqualTo(before);
    }

    private void later(int days) {
        written.clock.turn(Duration.ofDays(days));
    }
}
