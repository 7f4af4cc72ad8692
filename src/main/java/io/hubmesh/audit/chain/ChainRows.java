package io.hubmesh.audit.chain;

import io.hubmesh.audit.AuditRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The chain as it is kept. */
@Repository
class ChainRows {

    static final String COLUMNS =
            "sequence, at_millis, actor_id, actor_name, action, object_kind, object_id, object_name, outcome, address,"
                    + " times, detail, previous_hash, hash";

    private static final String INSERT =
            "insert into audit_records (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcClient database;
    private final JdbcTemplate batches;

    ChainRows(JdbcClient database, JdbcTemplate batches) {
        this.database = database;
        this.batches = batches;
    }

    /** Lets nobody else append until the transaction is over. */
    Head lockHead() {
        return database.sql("select sequence, hash from audit_head where id = 1 for update")
                .query(ChainRows::toHead)
                .single();
    }

    /** As the table says; empty when somebody has taken the row away. */
    Optional<Head> head() {
        return database.sql("select sequence, hash from audit_head where id = 1")
                .query(ChainRows::toHead)
                .optional();
    }

    void add(List<AuditRecord> records) {
        batches.batchUpdate(INSERT, records, records.size(), ChainRows::fill);
        Head head = Head.of(records.get(records.size() - 1));
        database.sql("update audit_head set sequence = ?, hash = ? where id = 1")
                .param(head.sequence())
                .param(head.hash())
                .update();
    }

    /** Those after a record, in their order. */
    List<AuditRecord> after(long sequence, int most) {
        return database.sql("select " + COLUMNS + " from audit_records where sequence > ? order by sequence limit ?")
                .param(sequence)
                .param(most)
                .query(ChainRows::toRecord)
                .list();
    }

    Optional<AuditRecord> find(long sequence) {
        return database.sql("select " + COLUMNS + " from audit_records where sequence = ?")
                .param(sequence)
                .query(ChainRows::toRecord)
                .optional();
    }

    /** The last record of those from the beginning on that are all older than an instant; empty when the first is not. */
    Optional<AuditRecord> lastBefore(Instant instant) {
        return database.sql("select " + COLUMNS + " from audit_records where sequence = coalesce("
                        + "(select min(sequence) - 1 from audit_records where at_millis >= ?),"
                        + " (select max(sequence) from audit_records))")
                .param(instant.toEpochMilli())
                .query(ChainRows::toRecord)
                .optional();
    }

    long first() {
        return database.sql("select coalesce(min(sequence), 0) from audit_records")
                .query(Long.class)
                .single();
    }

    void deleteThrough(long sequence) {
        database.sql("delete from audit_records where sequence <= ?")
                .param(sequence)
                .update();
    }

    static AuditRecord toRecord(ResultSet row, int number) throws SQLException {
        return new AuditRecord(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getInt(11),
                row.getString(12),
                row.getString(13),
                row.getString(14));
    }

    private static Head toHead(ResultSet row, int number) throws SQLException {
        return new Head(row.getLong(1), row.getString(2));
    }

    private static void fill(PreparedStatement row, AuditRecord record) throws SQLException {
        row.setLong(1, record.sequence());
        row.setLong(2, record.at().toEpochMilli());
        row.setObject(3, record.actorId(), Types.OTHER);
        row.setString(4, record.actorName());
        row.setString(5, record.action());
        row.setString(6, record.objectKind());
        row.setString(7, record.objectId());
        row.setString(8, record.objectName());
        row.setString(9, record.outcome());
        row.setString(10, record.address());
        row.setInt(11, record.times());
        row.setString(12, record.detail());
        row.setString(13, record.previous());
        row.setString(14, record.hash());
    }
}
