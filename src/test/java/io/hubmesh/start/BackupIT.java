package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packaged hub is backed up while it works, and another one starts from the backup. */
class BackupIT {

    private static final String FILES_IN_ROOT = "/api/v1/resources/00000000-0000-0000-0000-000000000001/files?name=";
    private static final Pattern RESOURCE_ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern BACKUP_NAME = Pattern.compile("\"name\":\"([0-9TZ]+)\"");
    private static final String PASSWORD = "a-password-of-my-own";

    private final Path folder;

    BackupIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatWasThereIsThereAgainWithItsBytesAndItsPeople() throws Exception {
        byte[] bytes = new byte[3_000_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + 7);
        }
        String file;
        String backup;
        try (HubProcess hub = start(folder.resolve("data"), Map.of())) {
            HubClient admin = signedIn(hub.address());
            file = upload(admin, "kept.bin", bytes);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Integer> busy = CompletableFuture.supplyAsync(() -> uploadUntil(admin, enough));
            backup = backUp(admin);
            enough.set(true);
            assertThat(busy.get()).isPositive();
            upload(admin, "after the backup.bin", "late".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Path restored = folder.resolve("restored");
        Map<String, String> restore = Map.of(
                "HUBMESH_RESTORE", folder.resolve("data/backups/" + backup).toString());
        try (HubProcess hub = start(restored, restore)) {
            HubClient admin = signedIn(hub.address());
            assertThat(admin.bytes("/api/v1/resources/" + file + "/content").body())
                    .isEqualTo(bytes);
            String library = admin.get("/api/v1/library").body();
            assertThat(library).contains("kept.bin").doesNotContain("after the backup.bin");
            Matcher ids = RESOURCE_ID.matcher(library);
            while (ids.find()) {
                if (!ids.group(1).startsWith("00000000")) {
                    assertThat(admin.bytes("/api/v1/resources/" + ids.group(1) + "/content")
                                    .statusCode())
                            .as("every file that the restored hub names is there")
                            .isEqualTo(200);
                }
            }
            assertThat(hub.output()).contains("every byte of them was checked").doesNotContain("Damaged");
        }
        HubProcess again = start(restored, restore);
        assertThat(again.exitCode()).isNotZero();
        assertThat(again.output()).contains("there is a database already");
    }

    @Test
    void withItsOwnCertificateEverythingGoesOverTls() throws Exception {
        byte[] bytes = new byte[2_000_000];
        try (HubProcess hub = start(folder.resolve("data"), Map.of("HUBMESH_TLS", "self-signed"))) {
            URI address = hub.address();
            assertThat(address.getScheme()).isEqualTo("https");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(hub.output()).containsPattern("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
            HubClient admin = new HubClient(address, folder.resolve("data/tls/certificate.pem"));
            assertThat(admin.signIn("admin", PASSWORD)).isTrue();
            String file = upload(admin, "over tls.bin", bytes);
            assertThat(admin.bytes("/api/v1/resources/" + file + "/content").body())
                    .isEqualTo(bytes);
            assertThat(admin.opensSocket("/api/v1/mesh/socket")).isTrue();
        }
    }

    /** Small files, one after the other, while the backup is made. */
    private static int uploadUntil(HubClient admin, AtomicBoolean enough) {
        int count = 0;
        while (!enough.get() || count == 0) {
            upload(
                    admin,
                    "busy " + count + ".txt",
                    ("file " + count++).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return count;
    }

    private static String backUp(HubClient admin) {
        HttpResponse<String> answer = admin.json("POST", "/api/v1/operations/backups", "{}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return found(BACKUP_NAME, answer.body());
    }

    private static HubClient signedIn(URI address) {
        HubClient admin = new HubClient(address);
        assertThat(admin.signIn("admin", PASSWORD)).isTrue();
        return admin;
    }

    private static String upload(HubClient admin, String name, byte[] bytes) {
        HttpResponse<String> answer = admin.change(
                "POST",
                FILES_IN_ROOT + java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8),
                "application/octet-stream",
                BodyPublishers.ofByteArray(bytes));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return found(RESOURCE_ID, answer.body());
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static HubProcess start(Path data, Map<String, String> variables) throws java.io.IOException {
        Map<String, String> all = new HashMap<>(variables);
        all.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        all.put("HUBMESH_ADMIN_PASSWORD", PASSWORD);
        Files.createDirectories(data.getParent());
        return HubProcess.start(data, all);
    }
}
