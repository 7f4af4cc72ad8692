package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubFixture;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.uploads.OpenUploadsClosing;
import io.hubmesh.library.Library;
import io.hubmesh.library.Trash;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What tus 1.0.0 has a server refuse, and what a hub refuses besides. */
class TusRefusalsTests extends TusScene {

    TusRefusalsTests(
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
    void whoSpeaksAnotherVersionIsToldOurs() throws Exception {
        HttpResponse<String> answer = client.send(
                authorised("/api/v1/uploads").header("Tus-Resumable", "0.2.2").POST(none()));

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(answer.body()).contains("\"code\":\"tus-version-unsupported\"");
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
}
