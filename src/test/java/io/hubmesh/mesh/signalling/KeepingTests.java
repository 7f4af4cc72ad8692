package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.keeping.KeptCopies;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Copies that a manager wants, peers that give disk for them, and what becomes of both. */
class KeepingTests extends MeshStories {

    KeepingTests(MeshWorld world) {
        super(world);
    }

    @BeforeEach
    void timeStandsStill() {
        world.clock().stop();
    }

    @AfterEach
    void wantNothing() {
        world.keeping().want(administrator, file, 0);
        world.upkeep().keep();
    }

    @Test
    void onlyAPeerWithRoomWhoMayReadIsAskedAndOnlyOnce() throws Exception {
        TestPeer small = giver(anna, "AA", SIZE - 1);
        TestPeer stranger = giver(member(world, "dora"), "DD", SIZE);
        TestPeer ben = giver(this.ben, "BB", SIZE);
        world.keeping().want(administrator, file, 1);
        world.upkeep().keep();

        JsonNode keep = ben.await("keep");
        assertThat(keep.get("content").stringValue())
                .isEqualTo(manifest.contentId().hex());
        assertThat(keep.get("resource").stringValue()).isEqualTo(file.toString());
        world.upkeep().keep();
        for (TestPeer peer : new TestPeer[] {small, stranger, ben}) {
            peer.settle();
        }
    }

    @Test
    void fullHoldersAreCountedAndThoseTooManyAreLetGo() throws Exception {
        TestPeer one = giver(anna, "AA", SIZE);
        TestPeer two = giver(ben, "BB", SIZE);
        world.keeping().want(administrator, file, 2);
        world.upkeep().keep();
        one.await("keep");
        two.await("keep");
        hold(one);
        assertThat(world.keeping().of(administrator, file)).isEqualTo(new KeptCopies(2, 1));
        hold(two);
        assertThat(world.keeping().want(administrator, file, 1)).isEqualTo(new KeptCopies(1, 2));
        world.upkeep().keep();
        world.upkeep().keep();

        // All else being equal, the last by its id.
        (one.id().compareTo(two.id()) > 0 ? one : two).await("unkeep");
        one.settle();
        two.settle();
    }

    @Test
    void aCopyThatIsGoneForLongIsMadeAgain() throws Exception {
        TestPeer one = giver(anna, "AA", SIZE);
        world.keeping().want(administrator, file, 1);
        world.upkeep().keep();
        one.await("keep");
        hold(one);
        world.upkeep().keep();
        one.say(TestPeer.message("leave").put("content", manifest.contentId().hex()));
        one.settle();
        one.say(TestPeer.message("willing").put("bytes", 0));
        one.settle();
        TestPeer two = giver(ben, "BB", SIZE);
        world.upkeep().keep();
        two.settle();
        pass(Duration.ofSeconds(20), one, two);
        world.upkeep().keep();
        two.settle();
        pass(Duration.ofSeconds(10), one, two);
        world.upkeep().keep();

        two.await("keep");
    }

    @Test
    void whoDoesNotBeginInTimeIsLeftInPeaceAndAnotherIsAsked() throws Exception {
        TestPeer one = giver(anna, "AA", 2 * SIZE);
        world.keeping().want(administrator, file, 1);
        world.upkeep().keep();
        one.await("keep");
        pass(Duration.ofMinutes(1), one);
        TestPeer two = giver(ben, "BB", SIZE);
        world.upkeep().keep();

        two.await("keep");
        one.settle();
    }

    @Test
    void switchedOffNobodyNeedKeepItAlsoWhoWasAwayMeanwhile() throws Exception {
        TestPeer one = giver(anna, "AA", SIZE);
        world.keeping().want(administrator, file, 1);
        world.upkeep().keep();
        one.await("keep");
        hold(one);
        world.keeping().want(administrator, file, 0);
        world.upkeep().keep();
        one.await("unkeep");
        TestPeer back = giver(ben, "BB", 0);
        back.enter(file, manifest.contentId(), CHUNKS, 0, 1, 2, 3);
        back.await("neighbours");

        assertThat(back.await("unkeep").get("content").stringValue())
                .isEqualTo(manifest.contentId().hex());
    }

    @Test
    void whoLosesTheRightIsLetGoAndAnotherIsAsked() throws Exception {
        TestPeer one = giver(anna, "AA", SIZE);
        world.keeping().want(administrator, file, 1);
        world.upkeep().keep();
        one.await("keep");
        world.access().withdraw(administrator, file, anna.account().name());
        TestPeer two = giver(ben, "BB", SIZE);
        world.upkeep().keep();
        one.await("unkeep");
        two.await("keep");
    }

    private TestPeer giver(Member member, String mark, long bytes) throws InterruptedException {
        TestPeer peer = joined(member, mark);
        peer.say(TestPeer.message("willing").put("bytes", bytes));
        peer.settle();
        return peer;
    }

    private void hold(TestPeer peer) throws InterruptedException {
        peer.enter(file, manifest.contentId(), CHUNKS, 0, 1, 2, 3);
        peer.await("neighbours");
    }
}
