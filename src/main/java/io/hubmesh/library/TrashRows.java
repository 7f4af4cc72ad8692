package io.hubmesh.library;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is written down of everything in the trash. The resources themselves are rows below the trash folder. */
@Repository
class TrashRows {

    private static final String ALL = "select resource_id, ancestors, deleted_by, deleted_at from trash ";

    private final JdbcClient database;

    TrashRows(JdbcClient database) {
        this.database = database;
    }

    /** @param ancestors the folders that it was in, nearest first */
    record Entry(ResourceId id, List<ResourceId> ancestors, AccountId by, Instant at) {}

    void add(Entry entry) {
        String ancestors = entry.ancestors().stream().map(ResourceId::toString).collect(Collectors.joining(","));
        database.sql("insert into trash (resource_id, ancestors, deleted_by, deleted_at) values (?, ?, ?, ?)")
                .param(1, entry.id().value())
                .param(2, ancestors)
                .param(3, entry.by().value())
                .param(4, atUtc(entry.at()))
                .update();
    }

    Optional<Entry> find(ResourceId id) {
        return database.sql(ALL + "where resource_id = ?")
                .param(id.value())
                .query(TrashRows::entry)
                .optional();
    }

    /**
     * The newest first.
     *
     * @param behind the one that was seen last, or null
     */
    List<Entry> newest(@Nullable Entry behind, int limit) {
        String order = " order by deleted_at desc, resource_id desc fetch first " + limit + " rows only";
        if (behind == null) {
            return database.sql(ALL + order).query(TrashRows::entry).list();
        }
        return database.sql(ALL + "where deleted_at <= ? and (deleted_at < ? or resource_id < ?)" + order)
                .param(1, atUtc(behind.at()))
                .param(2, atUtc(behind.at()))
                .param(3, behind.id().value())
                .query(TrashRows::entry)
                .list();
    }

    /** Those that were put in before a moment, the oldest first. */
    List<ResourceId> before(Instant moment, int limit) {
        return database.sql("select resource_id from trash where deleted_at < ? order by deleted_at, resource_id"
                        + " fetch first " + limit + " rows only")
                .param(atUtc(moment))
                .query((row, number) -> new ResourceId(row.getObject(1, UUID.class)))
                .list();
    }

    void remove(ResourceId id) {
        database.sql("delete from trash where resource_id = ?")
                .param(id.value())
                .update();
    }

    private static OffsetDateTime atUtc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        List<ResourceId> ancestors =
                Arrays.stream(row.getString(2).split(",")).map(ResourceId::of).toList();
        return new Entry(
                new ResourceId(row.getObject(1, UUID.class)),
                ancestors,
                new AccountId(row.getObject(3, UUID.class)),
                row.getObject(4, OffsetDateTime.class).toInstant());
    }
}
