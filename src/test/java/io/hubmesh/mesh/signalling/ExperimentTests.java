package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Experiments over real sockets, with no browser behind them. */
class ExperimentTests extends ExperimentStories {

    ExperimentTests(MeshWorld world) {
        super(world);
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
}
