package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged hub starts, and starts again, and says why when it cannot. */
class StartIT {

    private static final String FILES_IN_ROOT = "/api/v1/resources/00000000-0000-0000-0000-000000000001/files?name=";
    private static final String FAILED = "APPLICATION FAILED TO START";
    private static final Pattern RESOURCE_ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private final Path data;

    StartIT(@TempDir Path folder) {
        data = folder.resolve("data");
    }

    @Test
    void theFirstStartTellsHowToSignInAndTheNextKeepsEverything() {
        byte[] bytes = "kept over a restart".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String password;
        String file;
        try (HubProcess hub = start(Map.of())) {
            URI address = hub.address();
            password = hub.printedPassword();
            assertThat(hub.output())
                    .containsOnlyOnce(address.toString())
                    .containsOnlyOnce(password)
                    .containsPattern("(?m)^\\s*name\\s+admin\\s*$");
            HubClient admin = new HubClient(address);
            assertThat(admin.signIn("admin", password + "x")).isFalse();
            assertThat(admin.signIn("admin", password)).isTrue();
            file = upload(admin, bytes);
        }
        try (HubProcess hub = start(Map.of())) {
            HubClient admin = new HubClient(hub.address());
            assertThat(hub.output()).doesNotContain(password).doesNotContain("password");
            assertThat(admin.signIn("admin", password)).isTrue();
            assertThat(admin.bytes("/api/v1/resources/" + file + "/content").body())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void aPasswordThatWasGivenIsUsedAndNotPrinted() {
        String given = "a-password-of-my-own";
        try (HubProcess hub = start(Map.of("HUBMESH_ADMIN_PASSWORD", given))) {
            assertThat(new HubClient(hub.address()).signIn("admin", given)).isTrue();
            assertThat(hub.output()).doesNotContain(given);
        }
    }

    @Test
    void aPasswordThatIsTooShortIsRefused() {
        HubProcess hub = start(Map.of("HUBMESH_ADMIN_PASSWORD", "short"));
        refusesToStart(hub, "HUBMESH_ADMIN_PASSWORD");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            refusesToStart(start(Map.of("SERVER_PORT", port)), "port " + port, "SERVER_PORT");
        }
    }

    @Test
    void aDataDirectoryThatCannotBeWrittenToIsNamed() throws IOException {
        Files.writeString(data, "a file where the folder should be");
        refusesToStart(start(Map.of()), data.toString(), "HUBMESH_DATA");
    }

    @Test
    void aDatabaseInUseOrCorruptIsNamed() throws IOException {
        try (HubProcess first = start(Map.of())) {
            first.address();
            refusesToStart(start(Map.of()), "another Hubmesh is running on this data directory");
        }
        Path database = data.resolve("db").resolve("hubmesh.mv.db");
        byte[] noise = new byte[(int) Files.size(database)];
        Arrays.fill(noise, (byte) 'x');
        Files.write(database, noise);
        refusesToStart(start(Map.of()), database.toString(), "corrupt");
    }

    /** Much starting and little work: the quick compiler alone saves a third of the time. */
    private HubProcess start(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return HubProcess.start(data, all);
    }

    private static void refusesToStart(HubProcess hub, String... reasons) {
        assertThat(hub.exitCode()).isNotZero();
        assertThat(hub.output())
                .contains(reasons)
                .containsOnlyOnce(FAILED)
                .doesNotContain("\tat ")
                .doesNotContain("Exception in thread");
        assertThat(hub.output().lines().filter(line -> line.matches(".* (WARN|ERROR) .*")))
                .as("lines of warning beside the one message:\n" + hub.output())
                .hasSize(1);
    }

    private static String upload(HubClient admin, byte[] bytes) {
        HttpResponse<String> answer =
                admin.change("POST", FILES_IN_ROOT + "kept.txt", "text/plain", BodyPublishers.ofByteArray(bytes));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        Matcher id = RESOURCE_ID.matcher(answer.body());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }
}
