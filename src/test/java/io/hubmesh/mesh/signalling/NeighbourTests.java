package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.accounts.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who is named to whom while peers come and go. */
class NeighbourTests extends MeshStories {

    NeighbourTests(MeshWorld world) {
        super(world);
    }

    @BeforeEach
    void timeStandsStill() {
        world.clock().stop();
    }

    @Test
    void whoLosesALinkIsNamedAnotherAtOnce() throws Exception {
        List<TestPeer> all = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            all.add(entered(number < 3 ? anna : ben, "AA"));
        }
        TestPeer last = joined(anna, "BB");
        all.add(last);
        last.enter(file, manifest.contentId(), CHUNKS);
        JsonNode answer = last.await("neighbours");
        List<String> neighbours = peers(answer);
        assertThat(neighbours).hasSize(4).doesNotContain(last.id());
        long before = world.mesh().lostLinks().getOrDefault("silent", 0L);

        last.say(lost(neighbours.get(0), "silent"));
        JsonNode first = last.await("neighbours");
        assertThat(peers(first)).hasSize(1).doesNotContainAnyElementsOf(neighbours);
        assertThat(first.get("ticket")).as("still fresh").isEqualTo(answer.get("ticket"));
        assertThat(first.has("part")).isFalse();
        assertThat(world.mesh().lostLinks()).containsEntry("silent", before + 1);
        Account admin = world.accounts().findByName("admin").orElseThrow();
        Member boss =
                new Member(admin, world.tokens().create(administrator, "test").secret());
        assertThat(lostLinksShownTo(boss).path("silent").asLong()).isEqualTo(before + 1);
        assertThat(lostLinksShownTo(ben)).isEmpty();

        pass(Duration.ofMinutes(1), all.toArray(TestPeer[]::new));
        last.say(lost(neighbours.get(1), "unreachable"));
        JsonNode second = last.await("neighbours");
        assertThat(peers(second)).hasSize(1).doesNotContainAnyElementsOf(neighbours);
        assertThat(second.get("ticket")).isNotEqualTo(answer.get("ticket"));
        assertThat(claims(second.get("ticket")).get("pid").stringValue()).isEqualTo(last.id());
        assertThat(claims(second.get("ticket")).get("cid").stringValue())
                .isEqualTo(manifest.contentId().hex());
    }

    @Test
    void whoeverMakesRoomForANewcomerIsToldToPart() throws Exception {
        List<TestPeer> peers = new ArrayList<>();
        for (int number = 0; number < 14; number++) {
            peers.add(entered(number < 7 ? anna : ben, "AA"));
        }
        List<String> partings = partingsToldTo(peers);
        partings.addAll(partingsToldTo(
                peers)); // whoever entered tells the others after its own answer: now it has told them all
        assertThat(partings).isNotEmpty().allSatisfy(pair -> {
            int half = pair.length() / 2;
            assertThat(partings).as("both ends").contains(pair.substring(half) + pair.substring(0, half));
        });
    }

    /** A pair of names each: who was told, and whom it is to part from. */
    private static List<String> partingsToldTo(List<TestPeer> peers) throws InterruptedException {
        List<String> partings = new ArrayList<>();
        for (TestPeer peer : peers) {
            for (JsonNode message : peer.heard()) {
                for (String other : names(message.path("part"))) {
                    partings.add(peer.id() + other);
                }
            }
        }
        return partings;
    }

    @Test
    void whoTellsOfTooManyLossesIsNotHeard() throws Exception {
        TestPeer other = entered(anna, "AA");
        TestPeer peer = entered(ben, "BB");
        long before = world.mesh().lostLinks().getOrDefault("frame-flood", 0L);
        for (int count = 0; count < 3 * MessageRate.LOSSES_AT_ONCE; count++) {
            peer.say(lost(other.id(), "frame-flood"));
        }
        peer.settle();
        assertThat(world.mesh().lostLinks().getOrDefault("frame-flood", 0L) - before)
                .isBetween((long) MessageRate.LOSSES_AT_ONCE, 2L * MessageRate.LOSSES_AT_ONCE);
    }

    private JsonNode lostLinksShownTo(Member member) throws Exception {
        return JSON.readTree(get(member, "/api/v1/measurement/overview").body()).at("/mesh/lostLinks");
    }

    private String lost(String neighbour, String code) {
        return TestPeer.message("lost")
                .put("content", manifest.contentId().hex())
                .put("peer", neighbour)
                .put("code", code)
                .toString();
    }

    private static List<String> peers(JsonNode message) {
        return names(message.get("peers"));
    }

    private static List<String> names(JsonNode list) {
        return list.values().stream()
                .map(each -> each.get("peer").stringValue())
                .toList();
    }
}
