package io.hubmesh.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.storage.Blob;
import io.hubmesh.storage.Blobs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class OperationsTests {

    /** For everything that the tests before have left in the hub. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final Scrub scrub;
    private final Blobs blobs;
    private final String address;

    OperationsTests(HubFixture hub, AccessTokens tokens, Scrub scrub, Blobs blobs, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.scrub = scrub;
        this.blobs = blobs;
        this.address = "http://localhost:" + port;
    }

    @Test
    void aCheckFindsWhatTheDiskForgotAndHealthSaysSo() throws Exception {
        Resource file = hub.file(HubFixture.bytes(200_000));
        Blob blob = blobs.find(Objects.requireNonNull(file.file()).contentId()).orElseThrow();
        check();
        assertThat(scrub.damaged()).doesNotContain(blob.contentId());
        assertThat(scrub.last().orElseThrow().bytes()).isGreaterThanOrEqualTo(200_000);

        byte[] bytes = Files.readAllBytes(blob.path());
        bytes[150_000] ^= 1;
        Files.write(blob.path(), bytes);
        check();
        assertThat(scrub.damaged()).containsExactly(blob.contentId());
        Subject administrator = hub.administrator();
        assertThat(get("/actuator/health", administrator).body()).contains("DEGRADED");
        assertThat(get("/api/v1/operations/scrub", administrator).body())
                .contains(blob.contentId().hex());

        bytes[150_000] ^= 1;
        Files.write(blob.path(), bytes);
        check();
        assertThat(scrub.damaged()).isEmpty();
    }

    @Test
    void metricsAreForAdministratorsAndNameNobody() throws Exception {
        Resource file = hub.file(HubFixture.bytes(1000));
        Subject member = hub.member();
        get("/api/v1/resources/" + file.id().value(), hub.administrator());
        HttpResponse<String> answer = get("/actuator/prometheus", hub.administrator());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("jvm_memory_used_bytes", "http_server_requests_seconds_count", "disk_free_bytes")
                .doesNotContain("http_server_requests_active")
                .doesNotContain(file.id().value().toString())
                .doesNotContain(member.name());
        assertThat(get("/actuator/prometheus", member).statusCode()).isEqualTo(403);
        assertThat(get("/actuator/health", member).body()).doesNotContain("diskSpace");
        assertThat(get("/actuator/health/liveness", null).statusCode()).isEqualTo(200);
    }

    /** A scraper that followed a redirect would take the sign-in page for metrics. */
    @Test
    void aScraperWithoutAGoodTokenIsTold() throws Exception {
        for (String path : List.of("/actuator/prometheus", "/api/v1/library")) {
            assertProblem(get(path, null), "sign-in-required", "Bearer");
            assertProblem(getBy("wrong", path), "token-invalid", "Bearer error=\"invalid_token\"");
        }
    }

    private static void assertProblem(HttpResponse<String> answer, String code, String challenge) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue(challenge);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void backupsAreAListLikeEveryOther() throws Exception {
        assertThat(get("/api/v1/operations/backups", hub.administrator()).body())
                .startsWith("{\"items\":[");
    }

    private void check() {
        await().atMost(PATIENCE).until(() -> !scrub.running()); // one that another test has begun
        scrub.start();
        await().atMost(PATIENCE).until(() -> !scrub.running());
    }

    private HttpResponse<String> get(String path, @Nullable Subject as) throws IOException, InterruptedException {
        return getBy(as == null ? null : tokens.create(as, "operations").secret(), path);
    }

    private HttpResponse<String> getBy(@Nullable String token, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).header("Accept", "application/json, text/plain");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
