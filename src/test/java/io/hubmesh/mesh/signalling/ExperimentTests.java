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
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Experiments over real sockets, with no browser behind them. */
class ExperimentTests extends MeshStories {

    private static final String PATH = "/api/v1/experiments";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long RATE = 100_000_000;

    ExperimentTests(MeshWorld world) {
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

    private static JsonNode json(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<byte[]> send(Member member, String method, String path, String body, String... headers)
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

    private String wish(String model, TestPeer... peers) {
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

    private TestPeer volunteer(Member member, String mark) throws InterruptedException {
        TestPeer peer = joined(member, mark);
        peer.say(TestPeer.message("volunteer").put("bytes", 1L << 28));
        peer.settle();
        return peer;
    }

    private static String asked(TestPeer peer) throws InterruptedException {
        return peer.await("trial").get("trial").stringValue();
    }

    private static void tell(TestPeer peer, String trial, String state, long fromHub) {
        peer.say(TestPeer.message("trial-state")
                .put("trial", trial)
                .put("state", state)
                .put("upload", RATE)
                .put("download", RATE)
                .put("fromHub", fromHub)
                .put("fromPeers", 0));
    }

    private JsonNode ended(String path) {
        AtomicReference<JsonNode> whole = new AtomicReference<>();
        await().atMost(PATIENCE).until(() -> {
            JsonNode now = json(get(anna, path));
            whole.set(now);
            return !now.get("experiment").get("state").stringValue().equals("running");
        });
        return whole.get();
    }

    private String begun(String wish) throws Exception {
        HttpResponse<byte[]> answer = send(anna, "POST", PATH, wish);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void fromTheFirstQuestionToTheResult() throws Exception {
        TestPeer one = volunteer(anna, "AA");
        TestPeer two = volunteer(ben, "BB");
        assertThat(json(get(anna, PATH + "/candidates?resource=" + file))
                        .get("items")
                        .values())
                .extracting(each -> each.get("peer").stringValue())
                .containsExactlyInAnyOrder(one.id(), two.id());

        String path = begun(wish("hub", one, two));
        for (int run = 0; run < 2; run++) {
            String first = asked(one);
            String second = asked(two);
            assertThat(get(ben, PATH + "/parts/" + first + "/content").statusCode())
                    .isEqualTo(404);
            tell(one, first, "ready", 0);
            tell(two, second, "ready", 0);
            one.await("trial-begin");
            two.await("trial-begin");
            assertThat(get(anna, PATH + "/parts/" + first + "/content").body()).isEqualTo(bytes);
            assertThat(get(ben, PATH + "/parts/" + second + "/content").body()).isEqualTo(bytes);
            tell(one, first, "completed", SIZE);
            tell(two, second, "completed", SIZE);
            one.await("trial-end");
            two.await("trial-end");
            assertThat(get(anna, PATH + "/parts/" + first + "/content").statusCode())
                    .isEqualTo(404);
        }

        JsonNode whole = ended(path);
        assertThat(whole.get("experiment").get("state").stringValue()).isEqualTo("done");
        assertThat(whole.get("done")).hasSize(2);
        assertThat(whole.get("done").get(0).get("warmUp").booleanValue()).isTrue();
        assertThat(whole.get("done").get(1).get("egress").longValue()).isEqualTo(2L * SIZE);
        JsonNode figures = whole.get("figures").get(0);
        assertThat(figures.get("model").stringValue()).isEqualTo("hub");
        assertThat(figures.get("bound").doubleValue()).isEqualTo(2.0 * SIZE / RATE);
        assertThat(figures.get("last").doubleValue()).isPositive();

        String page = new String(get(anna, path.replace(PATH, "/compare")).body(), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("a comparison", "From the hub", "Run again", "Every run")
                .doesNotContain("Stop</button>");
        String form = new String(get(anna, "/compare?resource=" + file).body(), StandardCharsets.UTF_8);
        assertThat(form).contains("Receivers", one.id(), two.id(), "a comparison");
        String again = new String(
                get(anna, path.replace(PATH + "/", "/compare?again=")).body(), StandardCharsets.UTF_8);
        assertThat(again).contains("value=\"a comparison\"", one.id());

        String table = new String(get(anna, path + "/runs").body(), StandardCharsets.UTF_8);
        assertThat(table.lines()).hasSize(5).allSatisfy(line -> assertThat(line.split(",", -1))
                .hasSize(15));
    }

    @Test
    void whatCameOfItIsItsOwnersAndAdministrators() throws Exception {
        TestPeer one = volunteer(ben, "BB");
        String path = begun(wish("hub", one));
        assertThat(new String(get(anna, path.replace(PATH, "/compare")).body(), StandardCharsets.UTF_8))
                .contains("Stop</button>", "Running");
        assertThat(get(ben, path.replace(PATH, "/compare")).statusCode()).isEqualTo(404);
        assertThat(get(ben, path).statusCode()).isEqualTo(404);
        assertThat(send(ben, "POST", path + "/stop", "").statusCode()).isEqualTo(404);
        assertThat(json(get(ben, PATH)).get("items")).isEmpty();
        assertRefused(send(anna, "POST", PATH, wish("hub", one)), 409, "already-running");
        assertRefused(send(anna, "DELETE", path, ""), 409, "already-running");

        assertThat(send(anna, "POST", path + "/stop", "").statusCode()).isEqualTo(202);
        JsonNode whole = ended(path);
        assertThat(whole.get("experiment").get("state").stringValue()).isEqualTo("stopped");
        assertThat(whole.get("done").get(0).get("receivers").get(0).get("end").stringValue())
                .isEqualTo("stopped");
        one.await("trial");
        one.await("trial-end");

        String tag = get(anna, path).headers().firstValue("ETag").orElseThrow();
        assertRefused(send(anna, "PATCH", path, "{\"name\":\"x\"}"), 428, "precondition-required");
        assertThat(json(send(anna, "PATCH", path, "{\"name\":\"x\"}", "If-Match", tag))
                        .get("name")
                        .stringValue())
                .isEqualTo("x");
        assertRefused(send(anna, "PATCH", path, "{\"name\":\"y\"}", "If-Match", tag), 412, "precondition-failed");
        assertThat(send(ben, "DELETE", path, "").statusCode()).isEqualTo(404);
        assertThat(send(anna, "DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(get(anna, path).statusCode()).isEqualTo(404);
    }

    @Test
    void whoManagesNothingBeginsNothing() throws Exception {
        TestPeer one = volunteer(ben, "BB");

        assertRefused(send(ben, "POST", PATH, wish("hub", one)), 403, "forbidden");
        assertRefused(get(ben, PATH + "/candidates?resource=" + file), 403, "forbidden");
        Member stranger = member(world, "stranger");
        assertRefused(get(stranger, PATH + "/candidates?resource=" + file), 404, "not-found");
    }

    @Test
    void whoMayNotReadTheFileIsNotAsked() throws Exception {
        Member stranger = member(world, "stranger");
        TestPeer one = volunteer(stranger, "CC");
        assertThat(json(get(anna, PATH + "/candidates?resource=" + file)).get("items"))
                .isEmpty();

        JsonNode whole = ended(begun(wish("hub", one)));

        assertThat(whole.get("experiment").get("state").stringValue()).isEqualTo("interrupted");
        assertThat(one.heard()).isEmpty();
    }

    @Test
    void whoHasNotAgreedOrTakesItBackIsNotAsked() throws Exception {
        TestPeer one = joined(ben, "BB");
        JsonNode whole = ended(begun(wish("hub", one)));
        assertThat(whole.get("experiment").get("state").stringValue()).isEqualTo("interrupted");

        TestPeer two = volunteer(ben, "DD");
        two.say(TestPeer.message("volunteer").put("bytes", 0));
        two.settle();
        assertThat(json(get(anna, PATH + "/candidates?resource=" + file)).get("items"))
                .isEmpty();
    }

    @Test
    void aReceiverThatLeavesEndsIt() throws Exception {
        TestPeer one = volunteer(anna, "AA");
        TestPeer two = volunteer(ben, "BB");
        String path = begun(wish("peers", one, two));
        String first = asked(one);
        String second = asked(two);
        tell(one, first, "ready", 0);
        tell(two, second, "ready", 0);
        one.await("trial-begin");
        two.await("trial-begin");
        two.close();
        tell(one, first, "failed", 0);

        JsonNode whole = ended(path);
        assertThat(whole.get("experiment").get("state").stringValue()).isEqualTo("interrupted");
        assertThat(whole.get("done").get(0).get("receivers").values())
                .extracting(receiver -> receiver.get("end").stringValue())
                .containsExactly("failed", "left");
    }

    @Test
    void peersOfARunMeetEachOtherAndNobodyElse() throws Exception {
        TestPeer seeder = joined(ben, "EE");
        seeder.enter(file, manifest.contentId(), CHUNKS, 0, 1, 2, 3);
        seeder.await("neighbours");
        TestPeer one = volunteer(anna, "AA");
        TestPeer two = volunteer(ben, "BB");
        begun(wish("peers", one, two));
        String first = asked(one);
        String second = asked(two);

        TestPeer stranger = peer(ben, "FF");
        stranger.say(hello(stranger, first));
        stranger.awaitProblem("not-found");
        TestPeer made = peer(anna, "A1");
        TestPeer other = peer(ben, "B1");
        made.say(hello(made, first));
        String name = made.await("welcome").get("peer").stringValue();
        other.say(hello(other, second));
        other.await("welcome");
        made.enter(file, manifest.contentId(), CHUNKS);
        assertThat(made.await("neighbours").get("peers")).isEmpty();
        other.enter(file, manifest.contentId(), CHUNKS);
        assertThat(other.await("neighbours").get("peers").values())
                .extracting(each -> each.get("peer").stringValue())
                .containsExactly(name);
        assertThat(seeder.heard()).isEmpty();
        assertThat(world.mesh().peersHolding(manifest.contentId())).isEqualTo(1);
        assertThat(world.mesh().peers())
                .extracting(view -> view.peer().value())
                .contains(seeder.id())
                .doesNotContain(name);
    }

    private static ObjectNode hello(TestPeer peer, String trial) {
        return TestPeer.message("hello")
                .put("protocol", 1)
                .put("fingerprint", peer.fingerprint())
                .put("trial", trial);
    }

    @Test
    void whatIsOutOfItsBoundsIsRefused() throws Exception {
        TestPeer one = volunteer(ben, "BB");
        String fits = wish("hub", one);
        for (String wrong : List.of(
                fits.replace("[\"hub\"]", "[]"),
                fits.replace("[\"hub\"]", "[\"hub\",\"hub\"]"),
                fits.replace("\"repetitions\":1", "\"repetitions\":0"),
                fits.replace("\"repetitions\":1", "\"repetitions\":21"),
                fits.replace("\"hubRate\":" + RATE, "\"hubRate\":1"),
                fits.replace("\"uploadRate\":" + RATE, "\"uploadRate\":-1"),
                fits.replace("[\"" + one.id() + "\"]", "[]"),
                fits.replace("a comparison", "x".repeat(121)))) {
            assertRefused(send(anna, "POST", PATH, wrong), 400, "invalid-value");
        }
    }
}
