package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.uploads.OpenUploadsClosing;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Trash;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** tus 1.0.0, as its text says. */
@HubTest
@Import({HubFixture.class, OpenUploadsClosing.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
@Timeout(60)
class TusTests {

    private static final String OFFSET_BYTES = "application/offset+octet-stream";

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final Library library;
    private final Trash trash;
    private final Blobs blobs;
    private final OpenUploadsClosing open;
    private final HubClient client;
    private final int port;
    private final byte[] bytes = HubFixture.bytes(200_003);

    private Resource folder;
    private Subject writer;
    private String token;

    TusTests(
            HubFixture hub,
            AccessTokens tokens,
            Library library,
            Trash trash,
            Blobs blobs,
            OpenUploadsClosing open,
            @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.library = library;
        this.trash = trash;
        this.blobs = blobs;
        this.open = open;
        this.port = port;
        this.client = new HubClient(port);
    }

    @BeforeEach
    void setTheScene() {
        folder = hub.folder();
        writer = hub.member();
        hub.grant(writer, folder, Level.WRITE);
        token = tokens.create(writer, "test").secret();
    }

    @Test
    void theHubSaysWhatItSpeaks() throws Exception {
        HttpResponse<String> answer = client.send(authorised("/api/v1/uploads").method("OPTIONS", none()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(header(answer, "Tus-Extension"))
                .isEqualTo("creation,creation-with-upload,termination,checksum,expiration");
        assertThat(header(answer, "Tus-Checksum-Algorithm")).isEqualTo("sha1,sha256");
    }

    @Test
    void whoSpeaksAnotherVersionIsToldOurs() throws Exception {
        HttpResponse<String> answer = client.send(
                authorised("/api/v1/uploads").header("Tus-Resumable", "0.2.2").POST(none()));

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(answer.body()).contains("\"code\":\"tus-version-unsupported\"");
    }

    @Test
    void aFileComesInPiecesAndIsThereWithTheLastByte() throws Exception {
        String upload = create("Übung.bin", bytes.length);

        assertThat(header(patch(upload, 0, 0, 100_000), "Upload-Offset")).isEqualTo("100000");
        assertThat(names()).isEmpty();
        HttpResponse<String> state = head(upload);
        assertThat(state.statusCode()).isEqualTo(200);
        assertThat(header(state, "Upload-Offset")).isEqualTo("100000");
        assertThat(header(state, "Upload-Length")).isEqualTo("200003");
        assertThat(header(state, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(state, "Upload-Metadata")).contains("name " + base64("Übung.bin"));
        assertThat(state.headers().firstValue("Upload-Expires")).isPresent();
        HttpResponse<String> last = patch(upload, 100_000, 100_000, bytes.length);

        assertThat(last.statusCode()).isEqualTo(204);
        assertArrived(last, "Übung.bin");
    }

    @Test
    void aFileMayComeWithItsCreation() throws Exception {
        HttpResponse<String> answer = client.send(creation("whole.bin", bytes.length)
                .header("Content-Type", OFFSET_BYTES)
                .POST(BodyPublishers.ofByteArray(bytes)));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(header(answer, "Upload-Offset")).isEqualTo("200003");
        assertArrived(answer, "whole.bin");
    }

    @Test
    void anEmptyFileIsThereAtOnce() throws Exception {
        HttpResponse<String> answer = client.send(creation("empty", 0).POST(none()));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(names()).containsExactly("empty");
    }

    @Test
    void bytesForElsewhereAreRefused() throws Exception {
        String upload = create("file", bytes.length);
        patch(upload, 0, 0, 100);

        for (int wrong : new int[] {0, 99, 101, 200_003}) {
            HttpResponse<String> answer = patch(upload, wrong, 0, 1);
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("\"code\":\"upload-offset-mismatch\"");
        }
        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("100");
    }

    @Test
    void moreBytesThanAnnouncedAreRefusedAndTheRestStays() throws Exception {
        String upload = create("file", 100);
        patch(upload, 0, 0, 60);

        assertThat(patch(upload, 60, 60, 120).statusCode()).isEqualTo(413);
        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("60");
    }

    @Test
    void bytesOfAnotherTypeAreRefused() throws Exception {
        HttpResponse<String> answer = client.send(tus(create("file", 10))
                .header("Upload-Offset", "0")
                .header("Content-Type", "text/plain")
                .method("PATCH", BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1 SHA-1", "sha256 SHA-256"})
    void bytesWithTheWrongChecksumAreNotKept(String algorithm) throws Exception {
        String[] names = algorithm.split(" ");
        String upload = create("file-" + names[0], bytes.length);
        patch(upload, 0, 0, 70_000);
        byte[] rest = Arrays.copyOfRange(bytes, 70_000, bytes.length);
        byte[] damaged = rest.clone();
        damaged[100_000] ^= 1;
        String checksum = names[0] + " "
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance(names[1]).digest(rest));

        HttpResponse<String> refused = patch(upload, 70_000, damaged, checksum);
        assertThat(refused.statusCode()).isEqualTo(460);
        assertThat(refused.body()).contains("\"code\":\"upload-checksum-mismatch\"");
        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("70000");

        assertArrived(patch(upload, 70_000, rest, checksum), "file-" + names[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5 AAAA", "sha1", "sha1 !!", "sha1 AAAA", ""})
    void aChecksumThatIsNoneIsRefused(String checksum) throws Exception {
        assertThat(patch(create("file", 10), 0, new byte[10], checksum).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTerminatedUploadIsGoneWithItsBytes() throws Exception {
        String upload = create("file", bytes.length);
        patch(upload, 0, 0, 1000);

        assertThat(client.send(tus(upload).DELETE()).statusCode()).isEqualTo(204);
        assertThat(head(upload).statusCode()).isEqualTo(404);
        assertThat(patch(upload, 1000, 1000, 2000).statusCode()).isEqualTo(404);
        assertThat(blobs.arriving().keySet()).noneMatch(id -> upload.endsWith(id.toString()));
    }

    @Test
    void nobodyElseSeesAnUploadNotEvenAnAdministrator() throws Exception {
        String upload = create("file", bytes.length);
        for (Subject other : List.of(hub.member(), hub.administrator())) {
            token = tokens.create(other, "test").secret();
            assertThat(head(upload).statusCode()).isEqualTo(404);
            assertThat(patch(upload, 0, 0, 10).statusCode()).isEqualTo(404);
            assertThat(client.send(tus(upload).DELETE()).statusCode()).isEqualTo(404);
            assertThat(client.send(authorised("/api/v1/uploads").GET()).body()).doesNotContain(id(upload));
        }
    }

    @Test
    void onesOwnUnfinishedUploadsAreListed() throws Exception {
        String upload = create("file.iso", bytes.length);
        patch(upload, 0, 0, 10);

        assertThat(client.send(authorised("/api/v1/uploads").GET()).body())
                .contains(id(upload), "\"name\":\"file.iso\"", "\"size\":200003", "\"offset\":10");
    }

    @Test
    void theRightToWriteIsAskedWithEveryPiece() throws Exception {
        String upload = create("file", bytes.length);
        patch(upload, 0, 0, 1000);
        hub.withdraw(writer, folder);

        assertThat(patch(upload, 1000, 1000, 2000).statusCode()).isEqualTo(404);

        hub.grant(writer, folder, Level.READ);
        assertThat(patch(upload, 1000, 1000, 2000).statusCode()).isEqualTo(403);

        hub.grant(writer, folder, Level.WRITE);
        assertThat(patch(upload, 1000, 1000, 2000).statusCode()).isEqualTo(204);
    }

    @Test
    void whoMayNotWriteCannotBegin() throws Exception {
        hub.grant(writer, folder, Level.READ);
        assertThat(client.send(creation("file", 10).POST(none())).statusCode()).isEqualTo(403);
        hub.withdraw(writer, folder);
        assertThat(client.send(creation("file", 10).POST(none())).statusCode()).isEqualTo(404);
    }

    @Test
    void aNameThatIsTakenAtTheBeginningIsRefusedAndAtTheEndBothAreKept() throws Exception {
        String upload = create("report.pdf", bytes.length);
        hub.fileIn(folder, "report.pdf", new byte[1]);

        assertThat(client.send(creation("report.pdf", 10).POST(none())).body()).contains("\"code\":\"name-taken\"");
        assertArrived(patch(upload, 0, 0, bytes.length), "report (2).pdf");
        assertThat(names()).containsExactlyInAnyOrder("report.pdf", "report (2).pdf");
    }

    @Test
    void anUploadIntoAFolderThatIsGoneIsNotFound() throws Exception {
        String upload = create("file", bytes.length);
        trash.delete(hub.administrator(), folder.id(), Expected.ANY);

        assertThat(patch(upload, 0, 0, 10).statusCode()).isEqualTo(404);
    }

    @Test
    void theEndCanBeAskedForAgain() throws Exception {
        String upload = create("file", bytes.length);
        String resource = header(patch(upload, 0, 0, bytes.length), "Hubmesh-Resource");

        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("200003");
        assertThat(header(head(upload), "Hubmesh-Resource")).isEqualTo(resource);
        assertThat(header(patch(upload, bytes.length, 0, 0), "Hubmesh-Resource"))
                .isEqualTo(resource);
        assertThat(names()).containsExactly("file");
    }

    @Test
    void anUploadGoesOnWhenItsFilesWereClosed() throws Exception {
        String upload = create("file", bytes.length);
        patch(upload, 0, 0, 100_000);
        open.closeAll();

        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("100000");
        assertArrived(patch(upload, 100_000, 100_000, bytes.length), "file");
    }

    @Test
    void whatCameBeforeAConnectionBrokeIsKept() throws Exception {
        String upload = create("file", bytes.length);
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("PATCH " + upload + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                            + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: " + OFFSET_BYTES
                            + "\r\nContent-Length: 200003\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, 0, 150_000);
            out.flush();
            while (!"150000".equals(header(head(upload), "Upload-Offset"))) {
                Thread.onSpinWait();
            }
            // the other request still waits for its bytes; who goes on takes over from it
            assertArrived(patch(upload, 150_000, 150_000, bytes.length), "file");
        }
    }

    @Test
    void aClientThatMayOnlyPostNamesItsMethod() throws Exception {
        String upload = create("file", bytes.length);
        HttpResponse<String> answer = client.send(tus(upload)
                .header("X-HTTP-Method-Override", "PATCH")
                .header("Upload-Offset", "0")
                .header("Content-Type", OFFSET_BYTES)
                .POST(BodyPublishers.ofByteArray(bytes)));

        assertArrived(answer, "file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "9999999999999999999", "x"})
    void aLengthThatIsNoneIsRefused(String length) throws Exception {
        HttpRequest.Builder request = tus("/api/v1/uploads").header("Upload-Metadata", metadata("file"));
        if (!length.isEmpty()) {
            request.header("Upload-Length", length);
        }
        assertThat(client.send(request.POST(none())).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "name YQ==", "folder AAAA,name ////", "folder YQ==,name YQ==,name YQ==", "name", ",", " "})
    void metadataThatIsNoneIsRefused(String metadata) throws Exception {
        HttpResponse<String> answer = client.send(tus("/api/v1/uploads")
                .header("Upload-Length", "10")
                .header("Upload-Metadata", metadata)
                .POST(none()));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"malformed-request\"");
    }

    @Test
    void moreThanTheDiskHasRoomForIsRefusedBeforeAByteComes() throws Exception {
        HttpResponse<String> answer =
                client.send(creation("file", 900_000_000_000_000_000L).POST(none()));

        assertThat(answer.statusCode()).isEqualTo(507);
        assertThat(client.send(authorised("/api/v1/uploads").GET()).body()).isEqualTo("{\"items\":[]}");
    }

    private void assertArrived(HttpResponse<String> answer, String name) throws Exception {
        assertThat(header(answer, "Upload-Offset")).isEqualTo("" + bytes.length);
        Resource file = library.require(writer, ResourceId.of(header(answer, "Hubmesh-Resource")), Level.READ);
        assertThat(file.name()).isEqualTo(name);
        assertThat(file.parent()).isEqualTo(folder.id());
        var version = Objects.requireNonNull(file.file());
        assertThat(Files.readAllBytes(
                        blobs.find(version.contentId()).orElseThrow().path()))
                .isEqualTo(bytes);
    }

    private List<String> names() {
        return hub.childrenOf(folder).stream().map(Resource::name).toList();
    }

    private String create(String name, long size) throws Exception {
        HttpResponse<String> answer = client.send(creation(name, size).POST(none()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return header(answer, "Location");
    }

    private HttpRequest.Builder creation(String name, long size) {
        return tus("/api/v1/uploads").header("Upload-Length", "" + size).header("Upload-Metadata", metadata(name));
    }

    private String metadata(String name) {
        return "folder " + base64(folder.id().toString()) + ", name " + base64(name) + ",type " + base64("text/plain");
    }

    private HttpResponse<String> head(String upload) throws Exception {
        return client.send(tus(upload).method("HEAD", none()));
    }

    private HttpResponse<String> patch(String upload, long offset, int from, int to) throws Exception {
        return client.send(tus(upload)
                .header("Upload-Offset", "" + offset)
                .header("Content-Type", OFFSET_BYTES)
                .method("PATCH", BodyPublishers.ofByteArray(bytes, from, to - from)));
    }

    private HttpResponse<String> patch(String upload, long offset, byte[] body, String checksum) throws Exception {
        return client.send(tus(upload)
                .header("Upload-Offset", "" + offset)
                .header("Upload-Checksum", checksum)
                .header("Content-Type", OFFSET_BYTES)
                .method("PATCH", BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder tus(String path) {
        return authorised(path).header("Tus-Resumable", "1.0.0");
    }

    private HttpRequest.Builder authorised(String path) {
        return client.request(path).header("Authorization", "Bearer " + token);
    }

    private static BodyPublisher none() {
        return BodyPublishers.noBody();
    }

    private static String id(String upload) {
        return upload.substring(upload.lastIndexOf('/') + 1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
