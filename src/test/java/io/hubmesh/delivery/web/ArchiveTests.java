package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;
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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Folders as one ZIP, and files to be looked at. */
@HubTest
@Import({HubFixture.class, Told.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class ArchiveTests {

    /** Far more than the system keeps in its buffers between two ends on one machine. In bytes. */
    private static final int LARGE = 32 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final Told told;
    private final HubClient client;
    private final int port;

    private Resource folder;
    private Subject member;
    private String token;

    ArchiveTests(HubFixture hub, AccessTokens tokens, Told told, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.told = told;
        this.client = new HubClient(port);
        this.port = port;
    }

    @BeforeEach
    void scene() {
        folder = hub.folder();
        member = hub.member();
        token = tokens.create(member, "test").secret();
        hub.grant(member, folder, Level.READ);
    }

    @Test
    void aFolderComesWithAllBelowIt() throws Exception {
        Resource inner = hub.folderIn(folder, "\u00dcbung \u65e5\u672c");
        hub.folderIn(folder, "empty");
        Resource deep = hub.fileIn(inner, "deep & wide.bin", HubFixture.bytes(100_000));
        Resource empty = hub.fileIn(folder, "nothing", HubFixture.bytes(0));

        HttpResponse<byte[]> answer = archive(folder);

        String top = folder.name() + "/";
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains(".zip");
        Map<String, byte[]> entries = entries(answer.body());
        assertThat(entries)
                .containsOnlyKeys(
                        top,
                        top + "empty/",
                        top + "\u00dcbung \u65e5\u672c/",
                        top + "\u00dcbung \u65e5\u672c/deep & wide.bin",
                        top + "nothing");
        assertThat(entries.get(top + "\u00dcbung \u65e5\u672c/deep & wide.bin")).isEqualTo(HubFixture.bytes(100_000));
        assertThat(told.bytesOf(deep.id())).containsExactly(100_000L);
        assertThat(told.bytesOf(empty.id())).containsExactly(0L);
    }

    /** Nobody reads meanwhile, so that most of it still has to be sent when the right goes. */
    @Test
    void whoMayNoLongerReadGetsNoMoreOfIt() throws Exception {
        Resource large = hub.fileIn(folder, "large", HubFixture.bytes(LARGE));
        new StalledReader(port, token).reads("/api/v1/resources/" + folder.id() + "/archive", () -> {
            hub.withdraw(member, folder);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told.bytesOf(large.id()))
                    .singleElement(LONG)
                    .isLessThan(LARGE));
        });
    }

    @Test
    void noFolderWithoutReading() throws Exception {
        assertThat(archive(hub.folder()).statusCode()).isEqualTo(404);
        assertThat(archive(hub.fileIn(folder, "file", HubFixture.bytes(1))).statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, .._.._etc_passwd",
        "..\\evil, .._evil",
        "/absolute, _absolute",
        "C:drive, C_drive",
        "con.txt, _con.txt",
        "LPT1, _LPT1",
        "'..', ._",
        "'', _",
        "a\u202egnp.exe, a_gnp.exe",
        "be\u0007ll, be_ll",
        "plain name.txt, plain name.txt"
    })
    void noNameLeadsOutOfTheFolderItIsUnpackedIn(String name, String safe) {
        assertThat(ArchivePath.step(name)).isEqualTo(safe);
    }

    @ParameterizedTest
    @CsvSource({
        "page.html, text/html, text/plain;charset=UTF-8",
        "drawing.svg, image/svg+xml, text/plain;charset=UTF-8",
        "x.xhtml, application/xhtml+xml, text/plain;charset=UTF-8",
        "data.json, application/json, text/plain;charset=UTF-8",
        "picture.png, image/png, image/png",
        "film.mp4, video/mp4, video/mp4"
    })
    void whatIsLookedAtRunsNothing(String name, String type, String shownAs) throws Exception {
        Resource file = hub.fileIn(folder, name, type, "<script>alert(1)</script>".getBytes());

        HttpResponse<byte[]> answer = get("/api/v1/resources/" + file.id() + "/preview");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(shownAs);
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("SAMEORIGIN");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("sandbox;", "default-src 'none'", "frame-ancestors 'self'")
                .doesNotContain("allow-scripts");
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("inline");
    }

    @Test
    void aTextEndsWhereItIsLongEnoughAndAFilmComesInRanges() throws Exception {
        Resource text = hub.fileIn(folder, "long.txt", "text/plain", HubFixture.bytes(300_000));
        Resource film = hub.fileIn(folder, "film.webm", "video/webm", HubFixture.bytes(1000));
        Resource program = hub.fileIn(folder, "program.exe", "application/x-msdownload", HubFixture.bytes(10));

        assertThat(get("/api/v1/resources/" + text.id() + "/preview").body()).hasSize(256 * 1024);
        HttpResponse<byte[]> part = client.send(
                client.request("/api/v1/resources/" + film.id() + "/preview")
                        .header("Authorization", "Bearer " + token)
                        .header("Range", "bytes=100-199"),
                BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize(100);
        assertThat(get("/api/v1/resources/" + program.id() + "/preview").statusCode())
                .isEqualTo(415);
    }

    private HttpResponse<byte[]> archive(Resource resource) throws Exception {
        return get("/api/v1/resources/" + resource.id() + "/archive");
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return client.send(client.request(path).header("Authorization", "Bearer " + token), BodyHandlers.ofByteArray());
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
