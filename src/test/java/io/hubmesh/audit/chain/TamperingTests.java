package io.hubmesh.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody with the database does to the chain is found. */
class TamperingTests {

    private static final int RECORDS = 12;

    private final Written written;

    TamperingTests(@TempDir Path data) {
        written = new Written(data).with(RECORDS);
    }

    @Test
    void whatNobodyTouchedIsWhole() {
        Verdict verdict = written.custody().verify();

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.sound()).isTrue();
        assertThat(verdict.anchored()).isTrue();
        assertThat(verdict.records()).isEqualTo(RECORDS);
        assertThat(List.of(verdict.first(), verdict.last())).containsExactly(1L, (long) RECORDS);
        assertThat(verdict.headHash()).isEqualTo(written.chain.head().hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at_millis = at_millis + 1",
                "actor_id = '99999999-2222-3333-4444-555555555555'",
                "actor_id = null",
                "actor_name = 'bob'",
                "action = 'RESOURCE_DELETED'",
                "object_kind = 'ACCOUNT'",
                "object_id = 'another'",
                "object_name = 'another'",
                "object_name = null",
                "outcome = 'REFUSED'",
                "address = '192.0.2.2'",
                "address = null",
                "times = 2",
                "detail = '{\"bytes\":\"43\"}'",
                "detail = null",
                "previous_hash = hash",
                "hash = previous_hash",
                "sequence = 1000"
            })
    void everyFieldCounts(String change) {
        written.change("update audit_records set " + change + " where sequence = 5");

        assertThat(written.findings()).isNotEmpty();
    }

    @Test
    void aFieldThatWasChangedTogetherWithItsHashIsFound() {
        AuditRecord record = written.rows.find(5).orElseThrow();
        AuditRecord altered = new AuditRecord(
                5,
                record.at(),
                record.actorId(),
                "bob",
                record.action(),
                record.objectKind(),
                record.objectId(),
                record.objectName(),
                record.outcome(),
                record.address(),
                record.times(),
                record.detail(),
                record.previous(),
                "");
        written.database
                .sql("update audit_records set actor_name = 'bob', hash = ? where sequence = 5")
                .param(Canonical.hash(altered))
                .update();

        assertThat(written.findings()).singleElement().asString().contains("Record 6 does not follow");
    }

    @Test
    void aRecordThatWasTakenOutOfTheMiddleIsFound() {
        written.change("delete from audit_records where sequence = 5");

        assertThat(written.findings())
                .containsExactly(
                        "Record 5 is missing.",
                        "Record 6 does not follow the one before it: something was changed, taken out, put in or moved there.");
    }

    @Test
    void recordsThatWereTakenFromTheBeginningAreFound() {
        written.change("delete from audit_records where sequence <= 3");

        assertThat(written.findings()).singleElement().asString().contains("begins with record 4");
    }

    @Test
    void recordsThatChangedPlacesAreFound() {
        written.change("update audit_records set sequence = -1 where sequence = 5");
        written.change("update audit_records set sequence = 5 where sequence = 6");
        written.change("update audit_records set sequence = 6 where sequence = -1");

        assertThat(written.findings()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aRecordThatWasPutInIsFound() {
        written.change("update audit_records set sequence = -sequence where sequence > 5");
        written.change("update audit_records set sequence = 1 - sequence where sequence < 0");
        Head before = Head.of(written.rows.find(5).orElseThrow());
        AuditRecord copy = written.rows.find(4).orElseThrow();
        written.database
                .sql("insert into audit_records (sequence, at_millis, action, outcome, times, previous_hash, hash)"
                        + " values (6, ?, 'SIGN_IN', 'DONE', 1, ?, ?)")
                .param(copy.at().toEpochMilli())
                .param(before.hash())
                .param(copy.hash())
                .update();

        assertThat(written.findings()).isNotEmpty();
    }

    @Test
    void aCutEndIsFound() {
        written.change("delete from audit_records where sequence > 9");

        assertThat(written.findings()).hasSize(2).allMatch(finding -> finding.startsWith("The end is missing"));
    }

    /** The database has been made to agree; what was noted outside of it has not. */
    @Test
    void aCutEndIsFoundAlsoWhenTheDatabaseHasBeenMadeToAgree() {
        cutTo(9);

        assertThat(written.findings()).singleElement().asString().contains("outside of the database");
    }

    @Test
    void anEndThatWasWrittenAnewIsFound() {
        cutTo(9);
        for (int i = 0; i < 5; i++) {
            written.append("another story");
        }

        assertThat(written.findings())
                .containsExactly("Record 12 is not the one that was noted outside of the database.");
    }

    @Test
    void aNoteThatWasForgedOrTakenAwayIsFound() throws IOException {
        Path note = written.data.resolve("audit").resolve("head");
        cutTo(9);
        String noted = Files.readString(note);
        Files.writeString(
                note,
                noted.replaceFirst(
                        " 12 [0-9a-f]{64}", " 9 " + written.chain.head().hash()));
        assertThat(written.findings()).singleElement().asString().contains("damaged, or not this hub's");

        Files.delete(note);
        assertThat(written.findings()).singleElement().asString().contains("is missing");
    }

    /** A hub that goes on over a chain that was cut short does not cover it up. */
    @Test
    void aHubThatStartsOnACutChainSaysSoForGood() {
        cutTo(9);
        written.custody().note();

        assertThat(written.findings())
                .singleElement()
                .asString()
                .contains("Record 10 says that the hub itself found the chain altered");
    }

    @Test
    void whatIsAppendedAfterTheLastNoteIsWholeToo() {
        written.append("not noted yet");

        assertThat(written.findings()).isEmpty();
    }

    private void cutTo(long last) {
        written.change("delete from audit_records where sequence > " + last);
        written.database
                .sql("update audit_head set sequence = ?, hash = ? where id = 1")
                .param(last)
                .param(written.rows.find(last).orElseThrow().hash())
                .update();
    }
}
