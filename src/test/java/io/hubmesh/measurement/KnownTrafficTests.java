package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.mesh.Mesh;
import io.hubmesh.permissions.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Deliveries whose figures are known beforehand are told alike by the overview, the series and the metrics; a lie moves none of them. */
@HubTest
@Import({HubFixture.class, Traffic.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class KnownTrafficTests {

    private final HubFixture hub;
    private final Traffic traffic;
    private final Overviews overviews;
    private final SeriesReader series;
    private final Mesh mesh;
    private final HubClient client;
    private final String token;

    KnownTrafficTests(
            HubFixture hub,
            Traffic traffic,
            Overviews overviews,
            SeriesReader series,
            Mesh mesh,
            AccessTokens tokens,
            @LocalServerPort int port) {
        this.hub = hub;
        this.traffic = traffic;
        this.overviews = overviews;
        this.series = series;
        this.mesh = mesh;
        this.client = new HubClient(port);
        this.token = tokens.create(hub.administrator(), "metrics").secret();
    }

    @Test
    void theOverviewAndTheSeriesTellExactlyWhatHappened() {
        Resource file = hub.file(HubFixture.bytes(Traffic.SIZE));
        Subject member = reader(file);
        traffic.happen(member, file);
        traffic.writeDown();

        Overview seen = overviews.of(member);

        assertThat(seen.egressBytes()).isEqualTo(Traffic.HUB_BYTES + Traffic.LEASE_BYTES);
        assertThat(seen.savedBytes()).isEqualTo(Traffic.SAVED_BYTES);
        assertThat(seen.hub()).isEqualTo(new Overview.Hub(Traffic.HUB_BYTES, Traffic.HUB_DOWNLOADS));
        assertThat(seen.mesh().fromHubBytes()).isEqualTo(Traffic.LEASE_BYTES);
        assertThat(seen.mesh().fromPeersBytes()).isEqualTo(Traffic.PEER_BYTES);
        assertThat(seen.mesh().relayedBytes()).isEqualTo(Traffic.RELAYED_BYTES);
        assertThat(seen.mesh().wastedBytes()).isEqualTo(Traffic.WASTED_BYTES);
        assertThat(seen.offload())
                .isEqualTo(
                        (double) Traffic.PEER_BYTES / (Traffic.HUB_BYTES + Traffic.LEASE_BYTES + Traffic.PEER_BYTES));
        Overview.Times times = seen.times();
        assertThat(Objects.requireNonNull(times.hub()).count()).isEqualTo((int) Traffic.HUB_DOWNLOADS);
        assertThat(Objects.requireNonNull(times.peers()).count()).isEqualTo(1);
        assertThat(Objects.requireNonNull(times.automatic()).count()).isEqualTo(1);
        Tally sum = sum(series.all(member, Step.DAY, null, null));
        assertThat(sum.counted().egressBytes()).isEqualTo(seen.egressBytes());
        assertThat(sum.counted().peerBytes()).isEqualTo(Traffic.PEER_BYTES);
        assertThat(sum.counted().wastedBytes()).isEqualTo(Traffic.WASTED_BYTES);
        assertThat(sum.counted().relayedBytes()).isEqualTo(Traffic.RELAYED_BYTES);
        assertThat(sum.counted().hubDownloads()).isEqualTo(Traffic.HUB_DOWNLOADS);
        assertThat(sum.counted().meshDownloads()).isEqualTo(Traffic.MESH_DOWNLOADS);
    }

    @Test
    void aPeerThatLiesIsShownAndNotCounted() {
        Resource file = hub.file(HubFixture.bytes(Traffic.SIZE));
        Subject member = reader(file);
        traffic.happen(member, file);

        List<Overview.TransferEntry> doubtful = overviews.of(member).transfers().stream()
                .filter(transfer -> transfer.discrepancy() != null)
                .toList();

        assertThat(doubtful).hasSize((int) Traffic.DISCREPANCIES).allSatisfy(lie -> {
            assertThat(lie.discrepancy()).startsWith("The peer reported");
            assertThat(lie.fromPeers()).isEqualTo(250);
            assertThat(lie.wasted()).isZero();
        });
    }

    @Test
    void theMetricsRiseByExactlyWhatHappenedAndAreTheOverviewsFigures() throws Exception {
        Map<String, Long> before = figures(Scrape.of(client, token));
        Resource file = hub.file(HubFixture.bytes(Traffic.SIZE));
        traffic.happen(hub.member(), file);

        Map<String, Long> after = figures(Scrape.of(client, token));

        Map<String, Long> risen = new TreeMap<>();
        after.forEach((name, value) -> risen.put(name, value - Objects.requireNonNull(before.get(name))));
        assertThat(risen)
                .isEqualTo(new TreeMap<>(Map.of(
                        "downloads", Traffic.HUB_BYTES,
                        "leases", Traffic.LEASE_BYTES,
                        "peers", Traffic.PEER_BYTES,
                        "saved", Traffic.SAVED_BYTES,
                        "wasted", Traffic.WASTED_BYTES,
                        "relayed", Traffic.RELAYED_BYTES,
                        "whole from the hub", Traffic.HUB_DOWNLOADS,
                        "whole in the mesh", Traffic.MESH_DOWNLOADS,
                        "completed, automatic", 1L,
                        "discrepancies", Traffic.DISCREPANCIES)));
        Overview told = overviews.of(hub.administrator());
        assertThat(after.get("downloads")).isEqualTo(told.hub().egressBytes());
        assertThat(after.get("leases")).isEqualTo(told.mesh().fromHubBytes());
        assertThat(after.get("peers")).isEqualTo(told.mesh().fromPeersBytes());
        assertThat(after.get("saved")).isEqualTo(told.savedBytes());
        assertThat(after.get("wasted")).isEqualTo(told.mesh().wastedBytes());
        assertThat(after.get("relayed")).isEqualTo(told.mesh().relayedBytes());
        assertThat(after.get("whole from the hub")).isEqualTo(told.hub().downloads());
    }

    @Test
    void theMeshIsToldByClosedListsThatNameNobody() throws Exception {
        Resource file = hub.file(HubFixture.bytes(Traffic.SIZE));
        Subject member = reader(file);
        traffic.happen(member, file);

        Scrape scrape = Scrape.of(client, token);

        for (String reason : mesh.lossReasons()) {
            assertThat(scrape.sum("hubmesh_links_lost_total", "reason=\"" + reason + "\""))
                    .isEqualTo(mesh.lostLinks().getOrDefault(reason, 0L));
        }
        assertThat(mesh.lossReasons()).contains("unreachable").doesNotContain("leaving");
        assertThat(scrape.sum("hubmesh_peers")).isEqualTo(mesh.size());
        assertThat(scrape.sum("hubmesh_swarms")).isEqualTo(mesh.swarms());
        assertThat(scrape.sum("hubmesh_healthy")).isBetween(0L, 1L);
        assertThat(scrape.sum("hubmesh_transfers_open")).isNotNegative();
        assertThat(scrape.text())
                .doesNotContain(
                        file.id().toString(),
                        Objects.requireNonNull(file.file()).contentId().hex(),
                        member.name(),
                        member.accountId().toString());
    }

    private Subject reader(Resource file) {
        Subject member = hub.member();
        hub.grant(member, file, Level.READ);
        return member;
    }

    private static Map<String, Long> figures(Scrape scrape) {
        return new TreeMap<>(Map.of(
                "downloads", scrape.sum("hubmesh_egress_bytes_total", "kind=\"download\""),
                "leases", scrape.sum("hubmesh_egress_bytes_total", "kind=\"lease\""),
                "peers", scrape.sum("hubmesh_peer_bytes_total"),
                "saved", scrape.sum("hubmesh_saved_bytes_total"),
                "wasted", scrape.sum("hubmesh_wasted_bytes_total"),
                "relayed", scrape.sum("hubmesh_relayed_bytes_total"),
                "whole from the hub", scrape.sum("hubmesh_downloads_total", "model=\"hub\""),
                "whole in the mesh", scrape.sum("hubmesh_downloads_total", "model=\"mesh\""),
                "completed, automatic",
                        scrape.sum("hubmesh_transfers_ended_total", "model=\"automatic\"", "state=\"completed\""),
                "discrepancies", scrape.sum("hubmesh_discrepancies_total")));
    }

    private static Tally sum(Series series) {
        return series.points().stream()
                .map(point -> new Tally(
                        new Counters(
                                point.hubBytes(),
                                point.hubDownloads(),
                                point.leaseBytes(),
                                point.peerBytes(),
                                0,
                                point.relayedBytes(),
                                point.wastedBytes(),
                                point.meshDownloads(),
                                point.at()),
                        point.peers(),
                        point.lostLinks()))
                .reduce(Tally.NOTHING, Tally::plus);
    }
}
