package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** When a file that the hub sends has gone out. */
@HubTest
@Import({HubFixture.class, Told.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class SentTests {

    /** Far more than the system keeps in its buffers between two ends on one machine. In bytes. */
    private static final int LARGE = 32 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final Told told;
    private final Connections connections;
    private final Clock clock;
    private final HubClient client;
    private final int port;

    private Subject member;
    private String token;

    SentTests(
            HubFixture hub,
            AccessTokens tokens,
            Told told,
            Connections connections,
            Clock clock,
            @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.told = told;
        this.connections = connections;
        this.clock = clock;
        this.client = new HubClient(port);
        this.port = port;
    }

    @BeforeEach
    void scene() {
        member = hub.member();
        token = tokens.create(member, "test").secret();
    }

    /** The first goes through a buffer, the second is handed to the connector. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 2_000_000})
    void aWholeFileIsToldWhenItHasGone(int size) throws Exception {
        Resource file = file(size);
        Instant before = clock.instant();
        fetch(file, "bytes=0-9");
        fetch(file, null);

        HubSent sent = await().atMost(PATIENCE)
                .until(() -> told.sentTo(member), facts -> !facts.isEmpty())
                .get(0);
        assertThat(sent.bytes()).isEqualTo(size);
        assertThat(sent.resource()).isEqualTo(file.id());
        assertThat(sent.startedAt()).isBetween(before, clock.instant());
        assertThat(told.sentTo(member)).hasSize(1);
        assertThat(told.bytesOf(file.id())).containsExactly(10L, (long) size);
    }

    @Test
    void aDownloadThatIsBrokenOffIsNotToldAsSent() throws Exception {
        Resource large = file(LARGE);
        new StalledReader(port, token).reads("/api/v1/resources/" + large.id() + "/content", () -> {});
        Resource small = file(100_000);
        fetch(small, null);

        await().atMost(PATIENCE).until(() -> connections.count() == 0);
        await().atMost(PATIENCE).until(() -> !told.sentTo(member).isEmpty());
        assertThat(told.sentTo(member)).extracting(HubSent::resource).containsExactly(small.id());
        assertThat(told.deliveredTo(member)).hasSize(2);
    }

    private Resource file(int size) {
        Resource file = hub.file(HubFixture.bytes(size));
        hub.grant(member, file, Level.READ);
        return file;
    }

    private void fetch(Resource file, @Nullable String range) throws Exception {
        var request = client.request("/api/v1/resources/" + file.id() + "/content")
                .header("Authorization", "Bearer " + token)
                .GET();
        if (range != null) {
            request.header("Range", range);
        }
        assertThat(client.send(request, BodyHandlers.ofByteArray()).statusCode())
                .isBetween(200, 206);
    }
}
