package io.hubmesh.operations;

import io.hubmesh.kernel.ContentId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rows behind {@link Scrub}: too plain for entities. */
@Component
@Transactional
class ScrubReports {

    private final JdbcTemplate database;

    ScrubReports(JdbcTemplate database) {
        this.database = database;
    }

    void add(ScrubReport report, List<ContentId> damaged) {
        database.update(
                "insert into scrubs (id, started_at, finished_at, contents, bytes) values (?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                Timestamp.from(report.startedAt()),
                Timestamp.from(report.finishedAt()),
                report.contents(),
                report.bytes());
        database.update("delete from damaged_contents");
        damaged.forEach(content -> database.update(
                "insert into damaged_contents (content_id, found_at) values (?, ?)",
                content.hex(),
                Timestamp.from(report.finishedAt())));
    }

    @Transactional(readOnly = true)
    public Optional<ScrubReport> last() {
        return database
                .query(
                        "select started_at, finished_at, contents, bytes from scrubs order by finished_at desc limit 1",
                        (row, number) -> new ScrubReport(
                                instant(row.getTimestamp(1)),
                                instant(row.getTimestamp(2)),
                                row.getLong(3),
                                row.getLong(4)))
                .stream()
                .findFirst();
    }

    @Transactional(readOnly = true)
    public List<ContentId> damaged() {
        return database.query(
                "select content_id from damaged_contents order by content_id",
                (row, number) -> new ContentId(row.getString(1)));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp.toInstant();
    }
}
