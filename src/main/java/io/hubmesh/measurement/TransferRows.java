package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Transfers as they are kept: those that are settled, and beside them those that are open. Written many at a time. */
@Repository
class TransferRows {

    private static final String COLUMNS =
            "transfer, account_id, model, resource_id, content_id, name, size_bytes, held,"
                    + " from_hub, from_peers, relayed, wasted, state, started_at, updated_at, first_byte_millis,"
                    + " duration_millis, discrepancy";

    /** The last one is the row's id. */
    private static final int PARAMETERS = COLUMNS.split(",").length + 1;

    private final JdbcTemplate database;

    TransferRows(JdbcTemplate database) {
        this.database = database;
    }

    /** Where a transfer is kept. */
    enum Shelf {
        OVER("transfers"),
        OPEN("open_transfers");

        private final String table;
        private final String update;
        private final String insert;

        Shelf(String table) {
            this.table = table;
            this.update = "update " + table + " set " + COLUMNS.replace(",", " = ?,") + " = ? where id = ?";
            this.insert =
                    "insert into " + table + " (" + COLUMNS + ", id) values (" + "?, ".repeat(PARAMETERS - 1) + "?)";
        }
    }

    /** The newest of those that are settled, newest first. */
    List<Transfer> newest(int most) {
        return database.query(
                "select " + COLUMNS + " from transfers order by updated_at desc fetch first " + most + " rows only",
                (row, number) -> read(row));
    }

    List<Transfer> open() {
        return database.query(
                "select " + COLUMNS + " from open_transfers order by started_at", (row, number) -> read(row));
    }

    /** Writes each where there is none of its key yet, or over that one. */
    void save(Shelf shelf, List<Transfer> transfers) {
        List<Transfer> fresh = Batches.missed(
                transfers, database.batchUpdate(shelf.update, transfers, Batches.SIZE, TransferRows::fill));
        database.batchUpdate(shelf.insert, fresh, Batches.SIZE, TransferRows::fill);
    }

    /** Takes those that are settled now off the other shelf. */
    void close(Collection<Transfer> transfers) {
        database.batchUpdate(
                "delete from open_transfers where id = ?",
                transfers,
                Batches.SIZE,
                (statement, transfer) -> statement.setObject(1, transfer.key().row()));
    }

    /** Removes an account's settled transfers but the newest. */
    void prune(AccountId account, int most) {
        List<UUID> tooMany = database.queryForList(
                "select id from transfers where account_id = ? order by updated_at desc offset " + most + " rows",
                UUID.class,
                account.value());
        database.batchUpdate(
                "delete from transfers where id = ?",
                tooMany,
                Batches.SIZE,
                (statement, id) -> statement.setObject(1, id));
    }

    private static void fill(PreparedStatement statement, Transfer transfer) throws SQLException {
        Batches.fill(
                statement,
                transfer.key().transfer(),
                transfer.key().account().value(),
                transfer.model().name(),
                transfer.resource().value(),
                transfer.content().hex(),
                transfer.name(),
                transfer.size(),
                transfer.held(),
                transfer.fromHub(),
                transfer.fromPeers(),
                transfer.relayed(),
                transfer.wasted(),
                transfer.state().name(),
                Batches.at(transfer.startedAt()),
                Batches.at(transfer.updatedAt()),
                millis(transfer.firstByte()),
                millis(transfer.duration()),
                transfer.discrepancy(),
                transfer.key().row());
    }

    private static Transfer read(ResultSet row) throws SQLException {
        return new Transfer(
                new Transfer.Key(new AccountId(row.getObject("account_id", UUID.class)), row.getString("transfer")),
                Transfer.Model.valueOf(row.getString("model")),
                new ResourceId(row.getObject("resource_id", UUID.class)),
                new ContentId(row.getString("content_id")),
                row.getString("name"),
                row.getLong("size_bytes"),
                row.getLong("held"),
                row.getLong("from_hub"),
                row.getLong("from_peers"),
                row.getLong("relayed"),
                row.getLong("wasted"),
                Transfer.State.valueOf(row.getString("state")),
                Batches.instant(row, "started_at"),
                Batches.instant(row, "updated_at"),
                duration(row.getObject("first_byte_millis", Long.class)),
                duration(row.getObject("duration_millis", Long.class)),
                row.getString("discrepancy"));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable Duration duration(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
