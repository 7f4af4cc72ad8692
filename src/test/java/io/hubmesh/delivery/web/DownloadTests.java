package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class DownloadTests {

    /** More than the connector's threshold for sendfile, and more than one chunk. */
    private static final int SIZE = 200_003;

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final HubClient client;
    private final byte[] bytes = HubFixture.bytes(SIZE);

    private Resource file;
    private Subject reader;
    private String token;

    DownloadTests(HubFixture hub, AccessTokens tokens, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.client = new HubClient(port);
    }

    @BeforeEach
    void setTheScene() {
        file = hub.fileIn(hub.folder(), "Übung '3' – 日本.bin", bytes);
        reader = hub.member();
        hub.grant(reader, file, Level.READ);
        token = tokens.create(reader, "test").secret();
    }

    @Test
    void theWholeFileComesWithAllThatIsKnownOfIt() throws Exception {
        HttpResponse<byte[]> answer = get(file);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        assertHeader(answer, "ETag", '"' + HexFormat.of().formatHex(digest) + '"');
        assertHeader(answer, "Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
        assertHeader(answer, "Accept-Ranges", "bytes");
        assertHeader(answer, "Content-Length", "" + SIZE);
        assertHeader(answer, "Content-Type", "application/octet-stream");
        assertHeader(answer, "X-Content-Type-Options", "nosniff");
        assertHeader(answer, "Content-Security-Policy", "default-src 'none'; sandbox");
        assertHeader(answer, "Cache-Control", "private, no-cache");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"Ubung '3' _ __.bin\";"
                        + " filename*=UTF-8''%C3%9Cbung%20%273%27%20%E2%80%93%20%E6%97%A5%E6%9C%AC.bin");
        assertThat(answer.headers().firstValue("Last-Modified")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-99999, 0, 100000",
        "bytes=200002-200002, 200002, 200003",
        "bytes=200002-, 200002, 200003",
        "bytes=-1, 200002, 200003",
        "bytes=-100000, 100003, 200003",
        "bytes=-999999999, 0, 200003",
        "bytes=0-, 0, 200003",
        "bytes=65535-65536, 65535, 65537",
        "bytes=100-99999999999, 100, 200003"
    })
    void aRangeIsExactlyThoseBytes(String range, int from, int to) throws Exception {
        HttpResponse<byte[]> answer = get(file, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
        assertHeader(answer, "Content-Range", "bytes " + from + "-" + (to - 1) + "/" + SIZE);
        assertHeader(answer, "Content-Length", "" + (to - from));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=200003-", "bytes=200003-200004", "bytes=-0", "bytes=999999999999-"})
    void aRangeWithoutAnyByteIsRefused(String range) throws Exception {
        HttpResponse<byte[]> answer = get(file, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(416);
        assertHeader(answer, "Content-Range", "bytes */" + SIZE);
        assertThat(text(answer)).contains("\"code\":\"range-not-satisfiable\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9-1", "bytes=a-b", "chunks=0-1", "bytes", "bytes=", "bytes=0-1,x", "bytes=--1"})
    void whatIsNoRangeIsAnsweredWithTheWholeFile(String range) throws Exception {
        HttpResponse<byte[]> answer = get(file, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes);
    }

    @Test
    void severalRangesComeInPartsEachWithItsHead() throws Exception {
        HttpResponse<byte[]> answer = get(file, "Range", "bytes=0-1, 100000-170000, -3");

        assertThat(answer.statusCode()).isEqualTo(206);
        String type = answer.headers().firstValue("Content-Type").orElseThrow();
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
        assertHeader(answer, "Content-Length", "" + answer.body().length);
        String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
        String[] parts = body.split("\r\n--" + type.substring(type.indexOf('=') + 1), -1);
        assertThat(parts).hasSize(5);
        assertPart(parts[1], 0, 2);
        assertPart(parts[2], 100_000, 170_001);
        assertPart(parts[3], SIZE - 3, SIZE);
        assertThat(parts[4]).isEqualTo("--\r\n");
    }

    @Test
    void rangesThatTouchAreOneAndTooManyThatOverlapAreRefused() throws Exception {
        HttpResponse<byte[]> one = get(file, "Range", "bytes=0-99,100-199,150-299");

        assertHeader(one, "Content-Range", "bytes 0-299/" + SIZE);
        assertThat(get(file, "Range", "bytes=0-,0-,0-,0-").statusCode()).isEqualTo(416);
        assertThat(get(file, "Range", "bytes=" + "0-0,".repeat(100) + "1-1").statusCode())
                .isEqualTo(416);
    }

    private void assertPart(String part, int from, int to) {
        String head = "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes " + from + "-" + (to - 1)
                + "/" + SIZE + "\r\n\r\n";
        assertThat(part).startsWith(head);
        assertThat(part.substring(head.length()).getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(Arrays.copyOfRange(bytes, from, to));
    }

    @Test
    void whoHasItSinceItChangedGetsNothing() throws Exception {
        String changed = get(file).headers().firstValue("Last-Modified").orElseThrow();

        assertThat(get(file, "If-Modified-Since", changed).statusCode()).isEqualTo(304);
        assertThat(get(file, "If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(file, "If-Range", "Sun, 06 Nov 1994 08:49:37 GMT", "Range", "bytes=0-0")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aDigestThatIsNotWantedIsNotSent() throws Exception {
        assertThat(get(file, "Want-Repr-Digest", "sha-512=3, sha-256=0")
                        .headers()
                        .firstValue("Repr-Digest"))
                .isEmpty();
        assertThat(get(file, "Want-Repr-Digest", "sha-256=10").headers().firstValue("Repr-Digest"))
                .isPresent();
    }

    @Test
    void anEmptyFileIsWholeAndHasNoRange() throws Exception {
        Resource empty = hub.file(new byte[0]);
        hub.grant(reader, empty, Level.READ);

        HttpResponse<byte[]> whole = get(empty);
        HttpResponse<byte[]> range = get(empty, "Range", "bytes=0-0");

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEmpty();
        assertThat(range.statusCode()).isEqualTo(416);
        assertHeader(range, "Content-Range", "bytes */0");
    }

    @Test
    void headTellsWithoutBytes() throws Exception {
        HttpResponse<byte[]> answer = client.send(
                with(file.id() + "/content").method("HEAD", BodyPublishers.noBody()), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertHeader(answer, "Content-Length", "" + SIZE);
        assertThat(answer.headers().firstValue("ETag")).isPresent();
    }

    @Test
    void theManifestIsTheContents() throws Exception {
        HttpResponse<String> answer = client.send(with(file.id() + "/manifest").GET());

        assertThat(answer.body())
                .contains(Objects.requireNonNull(file.file()).contentId().hex())
                .contains("\"chunkSize\":65536");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/content", "/manifest", "/children", "/grants"})
    void withoutAGrantThereIsNothing(String what) throws Exception {
        token = tokens.create(hub.member(), "test").secret();

        HttpResponse<String> answer = client.send(with(file.id() + what).GET());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not-found\"").doesNotContain("bung");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(client.send(client.request("/api/v1/library")
                                .header("Authorization", "Bearer " + token)
                                .GET())
                        .body())
                .isEqualTo("{\"items\":[]}");
    }

    @Test
    void aFolderHasNeitherBytesNorManifest() throws Exception {
        Resource folder = hub.folder();
        hub.grant(reader, folder, Level.READ);

        for (String what : new String[] {"/content", "/manifest"}) {
            HttpResponse<String> answer = client.send(with(folder.id() + what).GET());
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("\"code\":\"not-a-file\"");
        }
    }

    private HttpRequest.Builder with(String path) {
        return client.request("/api/v1/resources/" + path).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> get(Resource resource, String... headers) throws Exception {
        HttpRequest.Builder request = with(resource.id() + "/content").GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request, BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static void assertHeader(HttpResponse<?> answer, String name, String value) {
        assertThat(answer.headers().allValues(name)).containsExactly(value);
    }
}
