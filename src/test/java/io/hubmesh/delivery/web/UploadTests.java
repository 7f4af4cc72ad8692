package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
@Timeout(60)
class UploadTests {

    private static final int SIZE = 600_001;

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final JsonMapper json;
    private final HubClient client;
    private final int port;
    private final Path incoming;
    private final byte[] bytes = HubFixture.bytes(SIZE);

    private List<Path> before = List.of();
    private Resource folder;
    private String token;

    UploadTests(
            HubFixture hub, AccessTokens tokens, JsonMapper json, Environment environment, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.json = json;
        this.port = port;
        this.client = new HubClient(port);
        this.incoming = Path.of(environment.getRequiredProperty("hubmesh.data"), "incoming");
    }

    @BeforeEach
    void setTheScene() throws IOException {
        before = arriving();
        folder = hub.folder();
        Subject writer = hub.member();
        hub.grant(writer, folder, Level.WRITE);
        token = tokens.create(writer, "test").secret();
    }

    @Test
    void whatGoesUpComesDown() throws Exception {
        HttpResponse<String> made = upload("report.pdf", bytes, "application/pdf; version=2");

        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode file = json.readTree(made.body());
        assertThat(file.get("size").asLong()).isEqualTo(SIZE);
        assertThat(file.get("mediaType").asString()).isEqualTo("application/pdf");
        assertThat(file.get("level").asString()).isEqualTo("WRITE");
        assertThat(file.get("sha256").asString())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        String location = made.headers().firstValue("Location").orElseThrow();
        assertThat(client.send(with(location + "/content").GET(), BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(bytes);
        assertThat(arriving()).isEmpty();
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        HttpResponse<String> made = upload("empty.txt", new byte[0], "text/plain");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json.readTree(made.body()).get("size").asLong()).isZero();
    }

    @Test
    void withoutALengthItIsRefused() throws Exception {
        HttpResponse<String> answer = client.send(
                with(path("no-length")).POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));

        assertProblem(answer, 411, "length-required");
        assertNothingCame();
    }

    @Test
    void anUploadThatIsCutOffLeavesNothing() throws Exception {
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path("cut-off") + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                            + "\r\nContent-Type: text/plain\r\nContent-Length: " + SIZE + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, 0, SIZE / 2);
            out.flush();
            awaitArriving(1);
        }
        awaitArriving(0);
        assertNothingCame();
        assertThat(upload("cut-off", bytes, "text/plain").statusCode()).isEqualTo(201);
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        assertThat(upload("name", bytes, "text/plain").statusCode()).isEqualTo(201);
        assertProblem(upload("NAME", bytes, "text/plain"), 409, "name-taken");
        assertThat(hub.childrenOf(folder)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/b", "bell\u0007", "", "dot."})
    void aNameThatCannotBeIsRefused(String name) throws Exception {
        assertProblem(upload(name, bytes, "text/plain"), 400, "invalid-name");
        assertNothingCame();
    }

    @Test
    void aNameOf300CharactersIsRefused() throws Exception {
        assertProblem(upload("a".repeat(300), bytes, "text/plain"), 400, "invalid-name");
    }

    @Test
    void whoMayNotWriteUploadsNothing() throws Exception {
        Subject reader = hub.member();
        hub.grant(reader, folder, Level.READ);
        token = tokens.create(reader, "test").secret();
        assertProblem(upload("file", bytes, "text/plain"), 403, "forbidden");
        token = tokens.create(hub.member(), "test").secret();
        assertProblem(upload("file", bytes, "text/plain"), 404, "not-found");
        assertNothingCame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=b"})
    void aFormIsNoFile(String type) throws Exception {
        assertProblem(upload("form", bytes, type), 415, "unsupported-media-type");
        assertProblem(upload("form", new byte[SIZE * 5], type), 415, "unsupported-media-type");
        assertNothingCame();
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Resource file = hub.fileIn(folder, "file", bytes);
        HttpResponse<String> answer = client.send(
                with("/api/v1/resources/" + file.id() + "/files?name=x").POST(BodyPublishers.ofByteArray(bytes)));

        assertProblem(answer, 409, "not-a-folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "*/*"})
    void aMediaTypeThatIsNoneIsUnknown(String type) throws Exception {
        assertThat(json.readTree(upload("file", bytes, type).body())
                        .get("mediaType")
                        .asString())
                .isEqualTo("application/octet-stream");
    }

    private HttpResponse<String> upload(String name, byte[] content, String type) throws Exception {
        return client.send(with(path(name)).header("Content-Type", type).POST(BodyPublishers.ofByteArray(content)));
    }

    private String path(String name) {
        return "/api/v1/resources/" + folder.id() + "/files?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder with(String path) {
        return client.request(path).header("Authorization", "Bearer " + token);
    }

    private void assertNothingCame() throws IOException {
        assertThat(hub.childrenOf(folder)).isEmpty();
        assertThat(arriving()).isEmpty();
    }

    /** What was not on its way before the test. */
    private List<Path> arriving() throws IOException {
        try (Stream<Path> files = Files.list(incoming)) {
            return files.filter(file -> !before.contains(file)).toList();
        }
    }

    private void awaitArriving(int count) throws Exception {
        await().atMost(Duration.ofSeconds(50)).until(() -> arriving().size() == count);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }
}
