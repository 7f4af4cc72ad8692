package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.HubFixture;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.delivery.uploads.OpenUploadsClosing;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Library;
import io.hubmesh.library.Trash;
import io.hubmesh.storage.Blobs;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** tus 1.0.0, as its text says. */
class TusTests extends TusScene {

    TusTests(
            HubFixture hub,
            AccessTokens tokens,
            Library library,
            Trash trash,
            Blobs blobs,
            OpenUploadsClosing open,
            @LocalServerPort int port) {
        super(hub, tokens, library, trash, blobs, open, port);
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
    void aTerminatedUploadIsGoneWithItsBytes() throws Exception {
        String upload = create("file", bytes.length);
        patch(upload, 0, 0, 1000);

        assertThat(client.send(tus(upload).DELETE()).statusCode()).isEqualTo(204);
        assertThat(head(upload).statusCode()).isEqualTo(404);
        assertThat(patch(upload, 1000, 1000, 2000).statusCode()).isEqualTo(404);
        assertThat(blobs.arriving().keySet()).noneMatch(id -> upload.endsWith(id.toString()));
    }

    @Test
    void onesOwnUnfinishedUploadsAreListed() throws Exception {
        String upload = create("file.iso", bytes.length);
        patch(upload, 0, 0, 10);

        assertThat(client.send(authorised("/api/v1/uploads").GET()).body())
                .contains(id(upload), "\"name\":\"file.iso\"", "\"size\":200003", "\"offset\":10");
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
            await().atMost(Duration.ofSeconds(50)).until(() -> "150000".equals(header(head(upload), "Upload-Offset")));
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
}
