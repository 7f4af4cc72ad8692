package io.hubmesh.delivery.uploads;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The uploads as they are kept. */
@Repository
@Transactional
class UploadRows {

    private static final String ALL =
            "select id, account_id, folder_id, name, media_type, size_bytes, resource_id, expires_at from uploads";

    private final JdbcClient database;

    UploadRows(JdbcClient database) {
        this.database = database;
    }

    void add(Upload upload) {
        database.sql("insert into uploads (id, account_id, folder_id, name, media_type, size_bytes, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .param(1, upload.id())
                .param(2, upload.account().value())
                .param(3, upload.folder().value())
                .param(4, upload.name())
                .param(5, upload.mediaType())
                .param(6, upload.size())
                .param(7, at(upload.expiresAt()))
                .update();
    }

    Optional<Upload> find(UUID id, AccountId account) {
        return database.sql(ALL + " where id = ? and account_id = ?")
                .param(1, id)
                .param(2, account.value())
                .query(UploadRows::upload)
                .optional();
    }

    /** Keeps everybody else from changing it until the transaction ends. */
    Optional<Upload> lock(UUID id) {
        return database.sql(ALL + " where id = ? for update")
                .param(1, id)
                .query(UploadRows::upload)
                .optional();
    }

    /** Those of an account that are not in the library yet, the one that expires first at the beginning. */
    List<Upload> unfinished(AccountId account) {
        return database.sql(ALL + " where account_id = ? and resource_id is null order by expires_at, id")
                .param(1, account.value())
                .query(UploadRows::upload)
                .list();
    }

    /** How many bytes they will have when all of them are there. */
    long promised(AccountId account) {
        return database.sql(
                        "select coalesce(sum(size_bytes), 0) from uploads where account_id = ? and resource_id is null")
                .param(1, account.value())
                .query(Long.class)
                .single();
    }

    List<Upload> expired(Instant now) {
        return database.sql(ALL + " where expires_at < ?")
                .param(1, at(now))
                .query(UploadRows::upload)
                .list();
    }

    boolean exists(UUID id) {
        return database.sql("select count(*) from uploads where id = ?")
                        .param(1, id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    void extend(UUID id, Instant expiresAt) {
        database.sql("update uploads set expires_at = ? where id = ?")
                .param(1, at(expiresAt))
                .param(2, id)
                .update();
    }

    void arrived(UUID id, ResourceId resource, Instant expiresAt) {
        database.sql("update uploads set resource_id = ?, expires_at = ? where id = ?")
                .param(1, resource.value())
                .param(2, at(expiresAt))
                .param(3, id)
                .update();
    }

    void remove(UUID id) {
        database.sql("delete from uploads where id = ?").param(1, id).update();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static Upload upload(ResultSet row, int number) throws SQLException {
        UUID resource = row.getObject("resource_id", UUID.class);
        return new Upload(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                new ResourceId(row.getObject("folder_id", UUID.class)),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size_bytes"),
                resource == null ? null : new ResourceId(resource),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
