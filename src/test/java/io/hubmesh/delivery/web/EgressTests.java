package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.EgressBook;
import io.hubmesh.delivery.EgressCaps;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import({HubFixture.class, Told.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Timeout(60)
class EgressTests {

    private static final String API = "/api/v1/egress/limits";
    private static final int SIZE = 300_007;
    private static final long RATE = 400_000;
    private static final int HANGING_UP = 100;

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final EgressBook book;
    private final HubClient client;
    private final Told told;
    private final int port;

    EgressTests(HubFixture hub, AccessTokens tokens, EgressBook book, Told told, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.book = book;
        this.told = told;
        this.port = port;
        this.client = new HubClient(port);
    }

    @AfterEach
    void lift() {
        book.change(hub.administrator(), null, null, book.now().version());
    }

    @Test
    void aDownloadUnderALimitTakesItsTimeAndIsWhole() throws Exception {
        Subject reader = hub.member();
        byte[] bytes = HubFixture.bytes(SIZE);
        Resource file = hub.file(bytes);
        hub.grant(reader, file, Level.READ);
        String token = tokens.create(reader, "test").secret();
        book.change(hub.administrator(), null, RATE, book.now().version());

        long begun = System.nanoTime();
        HttpResponse<byte[]> answer = get("/api/v1/resources/" + file.id() + "/content", token);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(took).isGreaterThan(Duration.ofMillis(500)); // less a bucket and a slice
        HttpResponse<byte[]> parts = client.send(
                client.request("/api/v1/resources/" + file.id() + "/content")
                        .header("Authorization", "Bearer " + token)
                        .header("Range", "bytes=0-9,1000-1009")
                        .GET(),
                BodyHandlers.ofByteArray());
        assertThat(parts.statusCode()).isEqualTo(206);
        assertThat(parts.body().length)
                .isEqualTo(Integer.parseInt(
                        parts.headers().firstValue("Content-Length").orElseThrow()));
        HubDelivered expected = awaitWhole(reader);
        assertThat(expected.bytes()).isEqualTo(SIZE);
    }

    /** At any moment: while they wait for a turn, have just been given one, or are being written to. */
    @Test
    void whoHangsUpKeepsNobodyElseFromTheirTurn() throws Exception {
        Subject reader = hub.member();
        byte[] bytes = HubFixture.bytes(SIZE);
        Resource file = hub.file(bytes);
        hub.grant(reader, file, Level.READ);
        String token = tokens.create(reader, "test").secret();
        String path = "/api/v1/resources/" + file.id() + "/content";
        book.change(hub.administrator(), null, 100 * RATE, book.now().version());

        for (int count = 0; count < HANGING_UP; count++) {
            new StalledReader(port, token).hangsUpAfter(path, count * SIZE / HANGING_UP);
        }
        HttpResponse<byte[]> answer = get(path, token);

        assertThat(answer.body()).isEqualTo(bytes);
    }

    @Test
    void anArchiveTakesItsTimeToo() throws Exception {
        Subject reader = hub.member();
        Resource folder = hub.folder();
        byte[] bytes = HubFixture.bytes(SIZE);
        hub.fileIn(folder, "file", bytes);
        hub.grant(reader, folder, Level.READ);
        String token = tokens.create(reader, "test").secret();
        book.change(hub.administrator(), null, RATE, book.now().version());

        long begun = System.nanoTime();
        HttpResponse<byte[]> answer = get("/api/v1/resources/" + folder.id() + "/archive", token);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(took).isGreaterThan(Duration.ofMillis(500)); // less a bucket and a slice
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            zip.getNextEntry();
            zip.getNextEntry();
            assertThat(zip.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void limitsAreReadAndChangedWithTheirVersion() throws Exception {
        String token = tokens.create(hub.administrator(), "test").secret();
        HttpResponse<String> now = client.send(
                client.request(API).header("Authorization", "Bearer " + token).GET());
        String tag = now.headers().firstValue("ETag").orElseThrow();

        assertThat(put(token, tag, "{\"hub\":1000000,\"account\":500000}").statusCode())
                .isEqualTo(200);
        assertThat(put(token, tag, "{}").statusCode()).isEqualTo(412);
        assertThat(put(token, "\"" + book.now().version() + "\"", "{\"hub\":1}").body())
                .contains("\"code\":\"invalid-value\"");
        assertThat(book.now().hub()).isEqualTo(1_000_000);
        assertThat(book.now().account()).isEqualTo(500_000);
    }

    @Test
    void nobodyButAnAdministratorChangesThem() {
        EgressCaps caps = book.now();

        assertThatThrownBy(() -> book.change(hub.member(), null, null, caps.version()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void thePageWorksAsAForm() throws Exception {
        client.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);
        String csrf = client.csrf("/administration/egress");

        HttpResponse<String> saved = client.form(
                "/administration/egress",
                Map.of("version", "" + book.now().version(), "hub", "1.5", "account", "", "_csrf", csrf));
        assertThat(saved.statusCode()).isEqualTo(302);
        assertThat(book.now().hub()).isEqualTo(1_572_864);
        assertThat(book.now().account()).isNull();
        assertThat(client.get("/administration/egress").body()).contains("value=\"1.5\"");

        HttpResponse<String> refused = client.form(
                "/administration/egress",
                Map.of("version", "" + book.now().version(), "hub", "0.001", "account", "", "_csrf", csrf));
        assertThat(refused.statusCode()).isEqualTo(422);
    }

    /** It is told when the answer has ended, on a thread of its own. */
    private HubDelivered awaitWhole(Subject reader) throws Exception {
        await().atMost(Duration.ofSeconds(50)).until(() -> wholeTo(reader).isPresent());
        return wholeTo(reader).orElseThrow();
    }

    private Optional<HubDelivered> wholeTo(Subject reader) {
        return told.deliveredTo(reader).stream().filter(HubDelivered::whole).findFirst();
    }

    private HttpResponse<byte[]> get(String path, String token) throws Exception {
        return client.send(
                client.request(path).header("Authorization", "Bearer " + token).GET(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> put(String token, String tag, String body) throws Exception {
        return client.send(client.request(API)
                .header("Authorization", "Bearer " + token)
                .header("If-Match", tag)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }
}
