package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may begin an experiment, who is asked to take part, who sees what came of it, and what is refused. */
class ExperimentAccessTests extends ExperimentStories {

    ExperimentAccessTests(MeshWorld world) {
        super(world);
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
    void whoBeganItSeesWhoseBrowsersWereAskedAlsoOfThoseWhoLeave() throws Exception {
        Member stranger = member(world, "stranger");
        TestPeer one = volunteer(anna, "AA");
        TestPeer two = volunteer(ben, "BB");
        TestPeer notAsked = volunteer(stranger, "CC");
        String path = begun(wish("hub", one, two, notAsked));
        tell(one, asked(one), "ready", 0);
        asked(two);

        assertThat(receivers(path))
                .extracting(each -> each.get("peer").stringValue(), ExperimentAccessTests::who)
                .containsExactly(tuple(one.id(), "anna"), tuple(two.id(), "ben"), tuple(notAsked.id(), null));
        assertThat(get(ben, path).statusCode()).isEqualTo(404);
        assertThat(get(stranger, path).statusCode()).isEqualTo(404);

        two.close();
        await().atMost(PATIENCE)
                .until(() -> receivers(path).get(1).get("end").stringValue("").equals("left"));
        assertThat(receivers(path)).extracting(ExperimentAccessTests::who).containsExactly("anna", "ben", null);

        send(anna, "POST", path + "/stop", "");
        assertThat(ended(path).get("done").get(0).get("receivers").values())
                .as("what is kept names nobody")
                .hasSize(3)
                .noneMatch(receiver -> receiver.has("who"));
    }

    private List<JsonNode> receivers(String path) throws Exception {
        return json(get(anna, path)).get("live").get("receivers").valueStream().toList();
    }

    private static @Nullable String who(JsonNode receiver) {
        return receiver.get("who").isNull() ? null : receiver.get("who").stringValue();
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
