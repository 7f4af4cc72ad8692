package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.uploads.OpenUploadsClosing;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Trash;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** A folder, somebody who may write to it, and what a client says by tus 1.0.0. */
@HubTest
@Import({HubFixture.class, OpenUploadsClosing.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
@Timeout(60)
abstract class TusScene {

    static final String OFFSET_BYTES = "application/offset+octet-stream";

    final HubFixture hub;
    final AccessTokens tokens;
    final Library library;
    final Trash trash;
    final Blobs blobs;
    final OpenUploadsClosing open;
    final HubClient client;
    final int port;
    final byte[] bytes = HubFixture.bytes(200_003);

    Resource folder;
    Subject writer;
    String token;

    TusScene(
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

    void assertArrived(HttpResponse<String> answer, String name) throws Exception {
        assertThat(header(answer, "Upload-Offset")).isEqualTo("" + bytes.length);
        Resource file = library.require(writer, ResourceId.of(header(answer, "Hubmesh-Resource")), Level.READ);
        assertThat(file.name()).isEqualTo(name);
        assertThat(file.parent()).isEqualTo(folder.id());
        var version = Objects.requireNonNull(file.file());
        assertThat(Files.readAllBytes(
                        blobs.find(version.contentId()).orElseThrow().path()))
                .isEqualTo(bytes);
    }

    List<String> names() {
        return hub.childrenOf(folder).stream().map(Resource::name).toList();
    }

    String create(String name, long size) throws Exception {
        HttpResponse<String> answer = client.send(creation(name, size).POST(none()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return header(answer, "Location");
    }

    HttpRequest.Builder creation(String name, long size) {
        return tus("/api/v1/uploads").header("Upload-Length", "" + size).header("Upload-Metadata", metadata(name));
    }

    String metadata(String name) {
        return "folder " + base64(folder.id().toString()) + ", name " + base64(name) + ",type " + base64("text/plain");
    }

    HttpResponse<String> head(String upload) throws Exception {
        return client.send(tus(upload).method("HEAD", none()));
    }

    HttpResponse<String> patch(String upload, long offset, int from, int to) throws Exception {
        return client.send(tus(upload)
                .header("Upload-Offset", "" + offset)
                .header("Content-Type", OFFSET_BYTES)
                .method("PATCH", BodyPublishers.ofByteArray(bytes, from, to - from)));
    }

    HttpResponse<String> patch(String upload, long offset, byte[] body, String checksum) throws Exception {
        return client.send(tus(upload)
                .header("Upload-Offset", "" + offset)
                .header("Upload-Checksum", checksum)
                .header("Content-Type", OFFSET_BYTES)
                .method("PATCH", BodyPublishers.ofByteArray(body)));
    }

    HttpRequest.Builder tus(String path) {
        return authorised(path).header("Tus-Resumable", "1.0.0");
    }

    HttpRequest.Builder authorised(String path) {
        return client.request(path).header("Authorization", "Bearer " + token);
    }

    static BodyPublisher none() {
        return BodyPublishers.noBody();
    }

    static String id(String upload) {
        return upload.substring(upload.lastIndexOf('/') + 1);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
