package io.hubmesh.library;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The versions of files before the present ones. */
@Repository
class VersionRows {

    private static final String ALL =
            "select version_number, content_id, size_bytes, media_type, sha256, made_by, made_at from file_versions"
                    + " where resource_id = ?";

    private final JdbcClient database;

    VersionRows(JdbcClient database) {
        this.database = database;
    }

    void add(ResourceId file, Resource.FileVersion version) {
        database.sql(
                        "insert into file_versions (resource_id, version_number, content_id, size_bytes, media_type, sha256,"
                                + " made_by, made_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(1, file.value())
                .param(2, version.number())
                .param(3, version.contentId().hex())
                .param(4, version.size())
                .param(5, version.mediaType())
                .param(6, version.sha256())
                .param(7, version.by() == null ? null : version.by().value())
                .param(8, atUtc(version.at()))
                .update();
    }

    /** The newest first. */
    List<Resource.FileVersion> of(ResourceId file) {
        return database.sql(ALL + " order by version_number desc")
                .param(file.value())
                .query(VersionRows::version)
                .list();
    }

    Optional<Resource.FileVersion> find(ResourceId file, int number) {
        return database.sql(ALL + " and version_number = ?")
                .param(1, file.value())
                .param(2, number)
                .query(VersionRows::version)
                .optional();
    }

    boolean holds(ContentId content) {
        return database.sql("select count(*) from file_versions where content_id = ?")
                        .param(content.hex())
                        .query(Long.class)
                        .single()
                > 0;
    }

    boolean remove(ResourceId file, int number) {
        return database.sql("delete from file_versions where resource_id = ? and version_number = ?")
                        .param(1, file.value())
                        .param(2, number)
                        .update()
                > 0;
    }

    /** All below a number. @return their numbers */
    List<Integer> removeBefore(ResourceId file, int number) {
        List<Integer> numbers = database.sql("select version_number from file_versions"
                        + " where resource_id = ? and version_number < ? order by version_number")
                .param(1, file.value())
                .param(2, number)
                .query(Integer.class)
                .list();
        numbers.forEach(each -> remove(file, each));
        return numbers;
    }

    /** Those of all files that were made before a moment, some of them. @return their numbers, by their files */
    Map<ResourceId, List<Integer>> removeOlder(Instant moment, int most) {
        Map<ResourceId, List<Integer>> removed = new LinkedHashMap<>();
        database.sql("select resource_id, version_number from file_versions where made_at < ?"
                        + " order by resource_id, version_number fetch first " + most + " rows only")
                .param(atUtc(moment))
                .query(row -> {
                    ResourceId file = new ResourceId(row.getObject(1, UUID.class));
                    removed.computeIfAbsent(file, first -> new ArrayList<>()).add(row.getInt(2));
                });
        removed.forEach((file, numbers) -> numbers.forEach(each -> remove(file, each)));
        return removed;
    }

    private static OffsetDateTime atUtc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static Resource.FileVersion version(ResultSet row, int number) throws SQLException {
        UUID by = row.getObject(6, UUID.class);
        return new Resource.FileVersion(
                row.getInt(1),
                new ContentId(row.getString(2)),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                by == null ? null : new AccountId(by),
                row.getObject(7, OffsetDateTime.class).toInstant());
    }
}
