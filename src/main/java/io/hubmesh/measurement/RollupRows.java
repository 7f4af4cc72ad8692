package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** What was delivered in each minute, hour and day, by resource and in all. */
@Repository
class RollupRows {

    /** Stands for all resources together; no resource has it. */
    private static final UUID ALL = new UUID(0, 0);

    /** Ids in one question: bounds its text. */
    private static final int MOST_IDS = 500;

    private static final String SUMS = "sum(hub_bytes), sum(hub_downloads), sum(lease_bytes), sum(peer_bytes),"
            + " sum(relayed_bytes), sum(wasted_bytes), sum(mesh_downloads), max(peers), sum(lost_links)";

    private static final String UPDATE =
            "update rollups set hub_bytes = hub_bytes + ?, hub_downloads = hub_downloads + ?,"
                    + " lease_bytes = lease_bytes + ?, peer_bytes = peer_bytes + ?, relayed_bytes = relayed_bytes + ?,"
                    + " wasted_bytes = wasted_bytes + ?, mesh_downloads = mesh_downloads + ?, peers = greatest(peers, ?),"
                    + " lost_links = lost_links + ? where step = ? and resource_id = ? and starts_at = ?";

    private static final String INSERT = "insert into rollups (hub_bytes, hub_downloads, lease_bytes, peer_bytes,"
            + " relayed_bytes, wasted_bytes, mesh_downloads, peers, lost_links, step, resource_id, starts_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String DURING = " from rollups where step = ? and starts_at >= ? and starts_at < ?";

    private final JdbcTemplate database;

    RollupRows(JdbcTemplate database) {
        this.database = database;
    }

    /** Where a tally is kept. */
    private record Place(Step step, UUID resource, Instant startsAt) {}

    private record Row(Place place, Tally tally) {}

    /** Adds to what is written; each minute to its hour and its day too. */
    void add(Map<Tallies.Minute, Tally> tallies) {
        Map<Place, Tally> sums = new HashMap<>();
        tallies.forEach((minute, tally) -> {
            ResourceId resource = minute.resource();
            for (Step step : Step.values()) {
                Place place = new Place(step, resource == null ? ALL : resource.value(), step.floor(minute.startsAt()));
                sums.merge(place, tally, Tally::plus);
            }
        });
        List<Row> rows = new ArrayList<>();
        sums.forEach((place, tally) -> rows.add(new Row(place, tally)));
        List<Row> fresh = Batches.missed(rows, database.batchUpdate(UPDATE, rows, Batches.SIZE, RollupRows::fill));
        database.batchUpdate(INSERT, fresh, Batches.SIZE, RollupRows::fill);
    }

    /** Removes what began before that moment. */
    void forget(Step step, Instant before) {
        database.update("delete from rollups where step = ? and starts_at < ?", step.name(), Batches.at(before));
    }

    /** All resources together, in order; stretches in which nothing happened are absent. */
    Map<Instant, Tally> all(Step step, Instant from, Instant to) {
        return sums(step, from, to, List.of(ALL));
    }

    /** Several resources together, in order. */
    Map<Instant, Tally> of(Step step, Instant from, Instant to, Collection<ResourceId> resources) {
        return sums(step, from, to, resources.stream().map(ResourceId::value).toList());
    }

    /** Of which anything was delivered in that time. */
    Set<ResourceId> resources(Step step, Instant from, Instant to) {
        List<UUID> ids = database.queryForList(
                "select distinct resource_id" + DURING, UUID.class, step.name(), Batches.at(from), Batches.at(to));
        Set<ResourceId> resources = new HashSet<>();
        ids.stream().filter(id -> !id.equals(ALL)).map(ResourceId::new).forEach(resources::add);
        return resources;
    }

    private Map<Instant, Tally> sums(Step step, Instant from, Instant to, List<UUID> ids) {
        Map<Instant, Tally> sums = new TreeMap<>();
        for (int first = 0; first < ids.size(); first += MOST_IDS) {
            List<UUID> some = ids.subList(first, Math.min(first + MOST_IDS, ids.size()));
            List<@Nullable Object> parameters = new ArrayList<>(List.of(step.name(), Batches.at(from), Batches.at(to)));
            parameters.addAll(some);
            database.query(
                    "select starts_at, " + SUMS + DURING + " and resource_id in (?" + ", ?".repeat(some.size() - 1)
                            + ") group by starts_at",
                    row -> {
                        Instant at = Batches.instant(row, "starts_at");
                        sums.merge(at, read(row, at), Tally::plus);
                    },
                    parameters.toArray());
        }
        return sums;
    }

    private static Tally read(ResultSet row, Instant at) throws SQLException {
        return new Tally(
                new Counters(
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        0,
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        at),
                row.getInt(9),
                row.getLong(10));
    }

    private static void fill(PreparedStatement statement, Row row) throws SQLException {
        Counters counted = row.tally().counted();
        Batches.fill(
                statement,
                counted.hubBytes(),
                counted.hubDownloads(),
                counted.leaseBytes(),
                counted.peerBytes(),
                counted.relayedBytes(),
                counted.wastedBytes(),
                counted.meshDownloads(),
                row.tally().peers(),
                row.tally().lostLinks(),
                row.place().step().name(),
                row.place().resource(),
                Batches.at(row.place().startsAt()));
    }
}
