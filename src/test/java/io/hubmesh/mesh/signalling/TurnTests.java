package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.settings.SettingsWish;
import io.hubmesh.mesh.swarm.LeasePolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What peers are told of TURN servers, and what a change of the settings does to those that are there. */
class TurnTests extends MeshStories {

    private static final String URL = "turn:turn.example.org:3478?transport=udp";
    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final Duration LAST_STEP = Duration.ofSeconds(10);
    private static final Duration LONG_GRACE = Duration.ofHours(12);

    TurnTests(MeshWorld world) {
        super(world);
    }

    @BeforeEach
    void timeStandsStill() {
        world.clock().stop();
    }

    @AfterEach
    void withoutTurn() {
        choose(List.of(), LONG_GRACE);
    }

    @Test
    void whereThereIsNoServerNothingIsSaid() throws Exception {
        TestPeer peer = peer(anna, "AA");
        assertThat(peer.join().has("turn")).isFalse();
        world.upkeep().renewTurn();
        peer.settle();
    }

    @Test
    void aServerThatIsEnteredReachesPeersThatAreThere() throws Exception {
        TestPeer peer = joined(anna, "AA");
        choose(List.of(URL), LONG_GRACE);
        world.upkeep().renewTurn();

        JsonNode turn = peer.await("turn");
        assertThat(turn.get("urls").get(0).stringValue()).isEqualTo(URL);
        String[] name = turn.get("username").stringValue().split(":");
        assertThat(name[0]).isEqualTo(turn.get("expires").asString());
        assertThat(name[1]).hasSize(22).doesNotContain(anna.account().name());
        assertThat(turn.get("expires").longValue())
                .isBetween(secondsIn(LIFE.minusMinutes(1)), secondsIn(LIFE.plusSeconds(1)));
    }

    @Test
    void theLeaveIsRenewedAtHalfOfItsLifeAndNotBefore() throws Exception {
        choose(List.of(URL), LONG_GRACE);
        TestPeer peer = peer(ben, "BB");
        long first = peer.join().get("turn").get("expires").longValue();
        world.upkeep().renewTurn();
        peer.settle();
        pass(LIFE.dividedBy(2).minus(LAST_STEP), peer);
        world.clock().shift(LAST_STEP);
        world.upkeep().renewTurn();

        assertThat(peer.await("turn").get("expires").longValue())
                .isGreaterThanOrEqualTo(first + LIFE.dividedBy(2).toSeconds());
    }

    @Test
    void aShorterGraceDoesNotMakeTheHubForgetTicketsThatAreOut() throws Exception {
        TestPeer peer = entered(anna, "AA");
        choose(List.of(), Duration.ZERO);
        world.access().withdraw(administrator, file, anna.account().name());
        peer.await("revoked");
        world.clock().shift(Duration.ofHours(1));

        JsonNode list = claims(peer(ben, "BB").join().get("revocations"));
        assertThat(list.get("rev").findValuesAsString("cid"))
                .contains(manifest.contentId().hex());
    }

    private long secondsIn(Duration time) {
        return world.clock().instant().plus(time).getEpochSecond();
    }

    private void choose(List<String> turn, Duration grace) {
        SettingsWish wish = new SettingsWish(turn, "a-secret-of-the-relay", LIFE, LeasePolicy.BY_SIZE, grace, null);
        world.settings().change(administrator, wish, world.settings().now().version());
    }
}
