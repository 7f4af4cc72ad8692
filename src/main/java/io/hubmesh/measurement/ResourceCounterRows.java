package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The counters of every resource that was ever delivered, of gone ones too. Written many at a time. */
@Repository
class ResourceCounterRows {

    private static final String UPDATE =
            "update resource_counters set hub_bytes = ?, hub_downloads = ?, lease_bytes = ?,"
                    + " peer_bytes = ?, saved_bytes = ?, relayed_bytes = ?, wasted_bytes = ?, mesh_downloads = ?,"
                    + " changed_at = ? where resource_id = ?";

    private static final String INSERT = "insert into resource_counters (hub_bytes, hub_downloads, lease_bytes,"
            + " peer_bytes, saved_bytes, relayed_bytes, wasted_bytes, mesh_downloads, changed_at, resource_id)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcTemplate database;

    ResourceCounterRows(JdbcTemplate database) {
        this.database = database;
    }

    Map<ResourceId, Counters> all() {
        Map<ResourceId, Counters> all = new HashMap<>();
        database.query("select * from resource_counters", row -> {
            all.put(
                    new ResourceId(row.getObject("resource_id", UUID.class)),
                    new Counters(
                            row.getLong("hub_bytes"),
                            row.getLong("hub_downloads"),
                            row.getLong("lease_bytes"),
                            row.getLong("peer_bytes"),
                            row.getLong("saved_bytes"),
                            row.getLong("relayed_bytes"),
                            row.getLong("wasted_bytes"),
                            row.getLong("mesh_downloads"),
                            Batches.instant(row, "changed_at")));
        });
        return all;
    }

    /** Writes them over what is there. */
    void save(Map<ResourceId, Counters> counters) {
        List<Map.Entry<ResourceId, Counters>> rows = List.copyOf(counters.entrySet());
        List<Map.Entry<ResourceId, Counters>> fresh =
                Batches.missed(rows, database.batchUpdate(UPDATE, rows, Batches.SIZE, ResourceCounterRows::fill));
        database.batchUpdate(INSERT, fresh, Batches.SIZE, ResourceCounterRows::fill);
    }

    private static void fill(PreparedStatement statement, Map.Entry<ResourceId, Counters> row) throws SQLException {
        Counters counted = row.getValue();
        Batches.fill(
                statement,
                counted.hubBytes(),
                counted.hubDownloads(),
                counted.leaseBytes(),
                counted.peerBytes(),
                counted.savedBytes(),
                counted.relayedBytes(),
                counted.wastedBytes(),
                counted.meshDownloads(),
                Batches.at(counted.changedAt()),
                row.getKey().value());
    }
}
