package io.hubmesh.measurement.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.measurement.Traffic;
import io.hubmesh.permissions.Level;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told over REST of what was delivered when, and to whom. */
@HubTest
@Import({HubFixture.class, Traffic.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SeriesTests {

    private static final String SERIES = "/api/v1/measurement/series";
    private static final List<String> MEMBERS = List.of(
            "at",
            "hubBytes",
            "leaseBytes",
            "peerBytes",
            "wastedBytes",
            "relayedBytes",
            "hubDownloads",
            "meshDownloads",
            "peers",
            "lostLinks");

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final Traffic traffic;
    private final Clock clock;
    private final HubClient client;

    SeriesTests(HubFixture hub, AccessTokens tokens, Traffic traffic, Clock clock, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.traffic = traffic;
        this.clock = clock;
        this.client = new HubClient(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"minute", "hour", "day"})
    void aKnownTrafficIsToldExactlyByEachStep(String step) throws Exception {
        Resource file = hub.file(HubFixture.bytes(Traffic.SIZE));
        Subject member = hub.member();
        hub.grant(member, file, Level.READ);
        traffic.happen(member, file);
        traffic.writeDown();

        JsonNode series = series(member, "?step=" + step + "&resource=" + file.id());

        assertThat(series.get("step").asString()).isEqualTo(step);
        assertThat(series.get("points").get(0).propertyNames()).containsExactlyElementsOf(MEMBERS);
        assertThat(sum(series, "hubBytes")).isEqualTo(Traffic.HUB_BYTES);
        assertThat(sum(series, "leaseBytes")).isEqualTo(Traffic.LEASE_BYTES);
        assertThat(sum(series, "peerBytes")).isEqualTo(Traffic.PEER_BYTES);
        assertThat(sum(series, "wastedBytes")).isEqualTo(Traffic.WASTED_BYTES);
        assertThat(sum(series, "relayedBytes")).isEqualTo(Traffic.RELAYED_BYTES);
        assertThat(sum(series, "hubDownloads")).isEqualTo(Traffic.HUB_DOWNLOADS);
        assertThat(sum(series, "meshDownloads")).isEqualTo(Traffic.MESH_DOWNLOADS);
        assertThat(sum(series, "lostLinks")).isZero();
        assertThat(sum(series(member, "?step=" + step), "peerBytes")).isEqualTo(Traffic.PEER_BYTES);
        assertThat(sum(series(hub.administrator(), "?step=" + step + "&resource=" + file.id()), "hubBytes"))
                .isEqualTo(Traffic.HUB_BYTES);
    }

    @Test
    void pointsAreInOrderAndOnlyThoseInWhichSomethingHappened() throws Exception {
        Resource file = hub.file(HubFixture.bytes(Traffic.SIZE));
        Subject member = hub.member();
        hub.grant(member, file, Level.READ);
        traffic.happen(member, file);
        traffic.writeDown();
        Instant now = clock.instant();

        JsonNode series = series(
                member,
                "?resource=" + file.id() + "&from=" + now.minus(Duration.ofHours(3)) + "&to="
                        + now.plus(Duration.ofHours(1)));

        assertThat(series.get("step").asString()).isEqualTo("minute");
        assertThat(Instant.parse(series.get("to").asString())).isAfterOrEqualTo(now);
        List<Instant> moments = points(series).stream()
                .map(point -> Instant.parse(point.get("at").asString()))
                .toList();
        assertThat(moments).isSorted().doesNotHaveDuplicates().hasSizeBetween(1, 3);
        assertThat(moments).allMatch(at -> at.getEpochSecond() % 60 == 0);
    }

    @Test
    void aMemberIsToldOfWhatTheyMayReadNow() throws Exception {
        Resource file = hub.file(HubFixture.bytes(Traffic.SIZE));
        Subject member = hub.member();
        hub.grant(member, file, Level.READ);
        traffic.happen(member, file);
        traffic.lostLinks(3);
        traffic.writeDown();

        assertThat(sum(series(hub.administrator(), "?step=day"), "lostLinks")).isGreaterThanOrEqualTo(3);
        assertThat(sum(series(member, "?step=day"), "lostLinks")).isZero();
        assertThat(sum(series(hub.member(), "?step=day"), "hubBytes")).isZero();
        assertThat(ask(hub.member(), "?resource=" + file.id()).body()).contains("\"code\":\"not-found\"");
        hub.withdraw(member, file);
        assertThat(sum(series(member, "?step=day"), "hubBytes")).isZero();
        assertThat(ask(member, "?resource=" + file.id()).statusCode()).isEqualTo(404);
        assertThat(client.get(SERIES).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?step=week",
                "?step=MINUTE",
                "?from=yesterday",
                "?to=2026-01-01",
                "?from=2999-01-01T00:00:00Z",
                "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "?step=minute&from=2020-01-01T00:00:00Z",
                "?from=-1000000000-01-01T00:00:00Z",
                "?to=-1000000000-01-01T00:00:00Z"
            })
    void aQuestionThatMakesNoSenseIsRefused(String question) throws Exception {
        HttpResponse<String> answer = ask(hub.member(), question);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid-value\"");
    }

    @Test
    void theSameIsThereForSpreadsheets() throws Exception {
        Resource file = hub.file(HubFixture.bytes(Traffic.SIZE));
        traffic.happen(hub.member(), file);
        traffic.writeDown();
        String question = "?step=day&resource=" + file.id();

        HttpResponse<String> table = ask(hub.administrator(), question + "&format=csv");

        JsonNode day = series(hub.administrator(), question).get("points").get(0);
        assertThat(table.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(table.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("series.csv");
        String[] lines = table.body().split("\r\n", -1);
        assertThat(lines[0]).isEqualTo(String.join(",", MEMBERS));
        assertThat(lines[1])
                .isEqualTo(String.join(
                        ",",
                        MEMBERS.stream().map(name -> day.get(name).asString()).toList()));
        assertThat(lines[lines.length - 1]).isEmpty();
    }

    private static List<JsonNode> points(JsonNode series) {
        return StreamSupport.stream(series.get("points").spliterator(), false).toList();
    }

    private static long sum(JsonNode series, String member) {
        return points(series).stream()
                .mapToLong(point -> point.get(member).asLong())
                .sum();
    }

    private JsonNode series(Subject subject, String question) throws Exception {
        HttpResponse<String> answer = ask(subject, question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> ask(Subject subject, String question) throws Exception {
        String token = tokens.create(subject, "test").secret();
        return client.send(client.request(SERIES + question)
                .header("Authorization", "Bearer " + token)
                .GET());
    }
}
