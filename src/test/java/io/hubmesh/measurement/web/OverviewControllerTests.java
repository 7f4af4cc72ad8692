package io.hubmesh.measurement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Timeout(60)
class OverviewControllerTests {

    private static final String OVERVIEW = "/api/v1/measurement/overview";
    private static final String EVENTS = "/api/v1/measurement/events";
    private static final int SIZE = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final OverviewStreams streams;
    private final JsonMapper json;
    private final HubClient client;

    OverviewControllerTests(
            HubFixture hub, AccessTokens tokens, OverviewStreams streams, JsonMapper json, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.streams = streams;
        this.json = json;
        this.client = new HubClient(port);
    }

    @Test
    void aStrangerIsToldNothing() throws Exception {
        assertThat(client.get(OVERVIEW).statusCode()).isEqualTo(401);
        assertThat(client.get(EVENTS).statusCode()).isEqualTo(401);
    }

    @Test
    void aRealDownloadAppearsForWhoMayReadAndForNobodyElse() throws Exception {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Subject reader = hub.member();
        hub.grant(reader, file, Level.READ);
        String readersToken = tokens.create(reader, "test").secret();
        assertThat(client.send(
                                with(readersToken, "/api/v1/resources/" + file.id() + "/content"),
                                BodyHandlers.ofByteArray())
                        .body())
                .hasSize(SIZE);

        // its reader has it a moment before the hub knows that it has gone
        JsonNode readers = await().atMost(PATIENCE).until(() -> overview(readersToken), seen -> seen.at("/transfers/0")
                .has("state"));
        JsonNode administrators =
                overview(tokens.create(hub.administrator(), "test").secret());
        String strangers = client.send(with(tokens.create(hub.member(), "test").secret(), OVERVIEW))
                .body();

        assertThat(readers.at("/hub/egressBytes").asLong()).isEqualTo(SIZE);
        assertThat(readers.at("/hub/downloads").asLong()).isEqualTo(1);
        assertThat(readers.at("/egressBytes").asLong()).isEqualTo(SIZE);
        assertThat(readers.at("/offload").asDouble()).isZero();
        assertThat(readers.at("/transfers/0/model").asString()).isEqualTo("hub");
        assertThat(readers.at("/transfers/0/state").asString()).isEqualTo("completed");
        assertThat(readers.at("/transfers/0").has("discrepancy")).isFalse();
        assertThat(readers.at("/transfers/0").has("durationMillis")).isTrue();
        assertThat(readers.at("/resources/0/resource").asString())
                .isEqualTo(file.id().toString());
        assertThat(administrators.toString()).contains(file.id().toString());
        assertThat(strangers).doesNotContain(file.id().toString()).doesNotContain(reader.name());
        assertThat(json.readTree(strangers).at("/offload").isNull()).isTrue();
    }

    @Test
    void theStreamTellsAtOnceAndAgainWhenSomethingChanges() throws Exception {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Subject reader = hub.member();
        hub.grant(reader, file, Level.READ);
        String token = tokens.create(reader, "test").secret();
        try (Stream stream = open(token)) {
            assertThat(json.readTree(stream.next()).at("/hub/egressBytes").asLong())
                    .isZero();
            client.send(with(token, "/api/v1/resources/" + file.id() + "/content"), BodyHandlers.discarding());
            // whatever else changes is told too, with what was there before
            long egress = 0;
            while (egress == 0) {
                egress = json.readTree(stream.next()).at("/hub/egressBytes").asLong();
            }
            assertThat(egress).isEqualTo(SIZE);
        }
    }

    @Test
    void theStreamEndsWhenTheAccountIsDisabled() throws Exception {
        Subject member = hub.member();
        try (Stream stream = open(tokens.create(member, "test").secret())) {
            stream.next();
            hub.disable(member);
            assertThat(stream.ended()).isTrue();
        }
    }

    @Test
    void theStreamEndsWhenTheTokenIsRevoked() throws Exception {
        Subject member = hub.member();
        AccessTokens.Created token = tokens.create(member, "test");
        try (Stream stream = open(token.secret())) {
            stream.next();
            tokens.revoke(member.accountId(), token.token().id());
            assertThat(stream.ended()).isTrue();
        }
    }

    @Test
    void theStreamEndsWithTheSession() throws Exception {
        Subject member = hub.member();
        client.signIn(member.name(), HubFixture.PASSWORD);
        HttpResponse<InputStream> answer = client.send(client.request(EVENTS).GET(), BodyHandlers.ofInputStream());
        try (Stream stream = new Stream(answer.body())) {
            stream.next();
            client.form("/sign-out", java.util.Map.of("_csrf", client.csrf("/library")));
            assertThat(stream.ended()).isTrue();
        }
    }

    @Test
    void oneAccountOpensOnlySoMany() throws Exception {
        String token = tokens.create(hub.member(), "test").secret();
        List<Stream> open = new ArrayList<>();
        for (int i = 0; i < OverviewStreams.MOST_PER_ACCOUNT; i++) {
            open.add(open(token));
        }
        HttpResponse<String> refused = client.send(with(token, EVENTS));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("too-many-requests");
        assertThat(streams.count()).isGreaterThanOrEqualTo(OverviewStreams.MOST_PER_ACCOUNT);
        for (Stream stream : open) {
            stream.close();
        }
    }

    private HttpRequest.Builder with(String token, String path) {
        return client.request(path).header("Authorization", "Bearer " + token).GET();
    }

    private JsonNode overview(String token) throws IOException, InterruptedException {
        return json.readTree(client.send(with(token, OVERVIEW)).body());
    }

    private Stream open(String token) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(with(token, EVENTS), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return new Stream(answer.body());
    }

    /** Reads events as a browser does (WHATWG HTML, section 9.2). */
    private static final class Stream implements AutoCloseable {
        private final BufferedReader lines;

        Stream(InputStream bytes) {
            this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        }

        String next() throws IOException {
            String line;
            String name = "";
            while ((line = lines.readLine()) != null) {
                if (line.startsWith("event:")) {
                    name = line.substring("event:".length());
                } else if (line.startsWith("data:")) {
                    assertThat(name).isEqualTo("overview");
                    return line.substring("data:".length());
                }
            }
            throw new AssertionError("the stream ended");
        }

        boolean ended() {
            try {
                while (lines.readLine() != null) {
                    // what was still under way
                }
                return true;
            } catch (IOException broken) {
                return true;
            }
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
