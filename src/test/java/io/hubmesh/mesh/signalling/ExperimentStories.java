package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.permissions.Level;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What stories of experiments share: anna, who manages the file, and peers that take part over real sockets, with no browser behind them. */
abstract class ExperimentStories extends MeshStories {

    static final String PATH = "/api/v1/experiments";
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final long RATE = 100_000_000;

    ExperimentStories(MeshWorld world) {
        super(world);
    }

    @BeforeEach
    void annaManages() {
        world.access().grant(administrator, file, anna.account().name(), Level.MANAGE);
    }

    /** One hub runs one experiment at a time: none is left to the next test. */
    @AfterEach
    void nothingGoesOn() throws Exception {
        for (JsonNode one : json(get(anna, PATH)).get("items")) {
            String path = PATH + "/" + one.get("id").stringValue();
            send(anna, "POST", path + "/stop", "");
            await().atMost(PATIENCE)
                    .until(() -> json(get(anna, path)).get("live").isNull());
        }
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    HttpResponse<byte[]> send(Member member, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + world.port() + path))
                .header("Authorization", "Bearer " + member.token())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    String wish(String model, TestPeer... peers) {
        ObjectNode wish = JSON.createObjectNode()
                .put("resource", file.toString())
                .put("name", "a comparison")
                .put("curve", false)
                .put("repetitions", 1)
                .put("hubRate", RATE)
                .put("uploadRate", RATE)
                .put("downloadRate", RATE);
        wish.putArray("models").add(model);
        var receivers = wish.putArray("peers");
        for (TestPeer peer : peers) {
            receivers.add(peer.id());
        }
        return wish.toString();
    }

    TestPeer volunteer(Member member, String mark) throws InterruptedException {
        TestPeer peer = joined(member, mark);
        peer.say(TestPeer.message("volunteer").put("bytes", 1L << 28));
        peer.settle();
        return peer;
    }

    static String asked(TestPeer peer) throws InterruptedException {
        return peer.await("trial").get("trial").stringValue();
    }

    static void tell(TestPeer peer, String trial, String state, long fromHub) {
        peer.say(TestPeer.message("trial-state")
                .put("trial", trial)
                .put("state", state)
                .put("upload", RATE)
                .put("download", RATE)
                .put("fromHub", fromHub)
                .put("fromPeers", 0));
    }

    JsonNode ended(String path) {
        AtomicReference<JsonNode> whole = new AtomicReference<>();
        await().atMost(PATIENCE).until(() -> {
            JsonNode now = json(get(anna, path));
            whole.set(now);
            return !now.get("experiment").get("state").stringValue().equals("running");
        });
        return whole.get();
    }

    String begun(String wish) throws Exception {
        HttpResponse<byte[]> answer = send(anna, "POST", PATH, wish);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
