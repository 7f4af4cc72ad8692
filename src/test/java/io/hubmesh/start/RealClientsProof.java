package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that nobody wrote for this hub: curl, aria2c, and tus-js-client under Node, which is killed, as the hub is, and goes on. */
@SuppressWarnings("NullAway.Init") // the scene is set before each test
@Timeout(300)
class RealClientsProof {

    private static final String ROOT = "00000000-0000-0000-0000-000000000001";
    private static final String PASSWORD = "a-password-of-my-own";
    private static final int SIZE = 300_000_007;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private final Path folder;
    private final Path original;
    private final String port;
    private HubProcess hub;
    private TusClient client;

    RealClientsProof(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.original = folder.resolve("original.bin");
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = Integer.toString(free.getLocalPort());
        }
    }

    @BeforeEach
    void setTheScene() throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        Files.write(original, bytes);
        start();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void curlUploadsAndGoesOnWithADownload() throws Exception {
        String content = upload();
        Path part = folder.resolve("part");
        try (RandomAccessFile begun = new RandomAccessFile(part.toFile(), "rw");
                RandomAccessFile whole = new RandomAccessFile(original.toFile(), "r")) {
            byte[] some = new byte[100_000_003];
            whole.readFully(some);
            begun.write(some);
        }

        run("curl", "-sfS", "-C", "-", "-o", part.toString(), "-H", authorization(), content);

        assertThat(Files.mismatch(part, original)).isEqualTo(-1);
    }

    @Test
    void aria2cDownloadsByEightConnections() throws Exception {
        String content = upload();

        run(
                "aria2c",
                "-q",
                "-x8",
                "-s8",
                "-k1M",
                "--header=" + authorization(),
                "-d",
                folder.toString(),
                "-o",
                "fetched",
                content);

        assertThat(Files.mismatch(folder.resolve("fetched"), original)).isEqualTo(-1);
    }

    @Test
    void tusJsClientGoesOnWhenItWasKilledAndWhenTheHubWas() throws Exception {
        Process first = tus();
        waitFor(first, "at (\\d{8,})");
        first.destroyForcibly().waitFor();
        long had = offset();
        assertThat(had).isBetween(1L, SIZE - 1L);

        Process second = tus();
        Matcher wentOn = waitFor(second, "at (\\d{8,})");
        assertThat(Long.parseLong(wentOn.group(1))).isGreaterThanOrEqualTo(had);
        hub.kill();
        start();
        String resource = waitFor(second, "done ([0-9a-f-]{36})").group(1);

        Path fetched = folder.resolve("fetched");
        Files.write(
                fetched,
                client.get("/api/v1/resources/" + resource + "/content").body());
        assertThat(Files.mismatch(fetched, original)).isEqualTo(-1);
    }

    private void start() {
        hub = HubProcess.start(folder.resolve("data"), Map.of("HUBMESH_ADMIN_PASSWORD", PASSWORD, "SERVER_PORT", port));
        TusClient known = client;
        client = known == null ? new TusClient(hub.address(), PASSWORD) : known;
        hub.address();
    }

    /** @return the address of its content */
    private String upload() throws Exception {
        String said = run(
                "curl",
                "-sfS",
                "-X",
                "POST",
                "-T",
                original.toString(),
                "-H",
                authorization(),
                "-H",
                "Content-Type: application/octet-stream",
                hub.address()
                        .resolve("/api/v1/resources/" + ROOT + "/files?name=original.bin")
                        .toString());
        Matcher id = ID.matcher(said);
        assertThat(id.find()).as(said).isTrue();
        return hub.address()
                .resolve("/api/v1/resources/" + id.group(1) + "/content")
                .toString();
    }

    private long offset() throws IOException {
        String uploads = new String(client.get("/api/v1/uploads").body(), StandardCharsets.UTF_8);
        Matcher offset = Pattern.compile("\"offset\":(\\d+)").matcher(uploads);
        assertThat(offset.find()).as(uploads).isTrue();
        return Long.parseLong(offset.group(1));
    }

    private Process tus() throws IOException {
        return program(
                "node",
                "src/test/resources/clients/tus-upload.mjs",
                Path.of("frontend", "node_modules", "tus-js-client")
                        .toAbsolutePath()
                        .toString(),
                hub.address().resolve("/api/v1/uploads").toString(),
                client.token(),
                ROOT,
                original.toString(),
                folder.resolve("tus.json").toString());
    }

    private static Matcher waitFor(Process process, String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        List<String> lines = new ArrayList<>();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line;
        while ((line = said.readLine()) != null) {
            lines.add(line);
            Matcher found = wanted.matcher(line);
            if (found.find()) {
                return found;
            }
        }
        throw new AssertionError(pattern + " was not said: " + lines);
    }

    private static String run(String... command) throws Exception {
        Process process = program(command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static Process program(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new IOException("This proof needs \"" + command[0] + "\" on the path.", missing);
        }
    }

    private String authorization() {
        return "Authorization: Bearer " + client.token();
    }
}
