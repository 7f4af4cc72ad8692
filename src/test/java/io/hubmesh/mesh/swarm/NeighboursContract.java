package io.hubmesh.mesh.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom every registry names to whom, wherever it keeps its state; which ones, {@link GraphVectorsTests} says. */
abstract class NeighboursContract extends RegistryScene {

    @Test
    void aNewcomerIsToldItsNeighboursAndNobodyElseIs() {
        List<PeerId> others = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            others.add(entered(account(number)).id());
        }
        Peer newcomer = entered(account(9));
        assertThat(registry.neighbours(newcomer.id(), CONTENT)).containsExactlyInAnyOrderElementsOf(others);
        assertThat(registry.rewirings()).isEmpty();
    }

    @Test
    void whoeverLosesANeighbourIsToldAnotherOnce() {
        for (int number = 0; number < 12; number++) {
            entered(account(number));
        }
        registry.rewirings();
        List<PeerId> members = registry.swarm(CONTENT);
        for (PeerId gone : members.subList(0, 6)) {
            registry.exit(gone, CONTENT);
        }
        List<Rewiring> news = registry.rewirings();
        assertThat(news).isNotEmpty().allSatisfy(each -> {
            assertThat(members.subList(6, 12)).contains(each.peer());
            assertThat(each.content()).isEqualTo(CONTENT);
            assertThat(registry.neighbours(each.peer(), CONTENT)).containsAll(each.named());
        });
        assertThat(registry.rewirings()).isEmpty();
    }

    @Test
    void aLostPairIsNoPairForAWhile() {
        Peer one = entered(account(1));
        Peer two = entered(account(2));
        registry.lost(one.id(), CONTENT, two.id(), RefusalCode.UNREACHABLE);
        registry.enter(one.id(), CONTENT, RESOURCE, CHUNKS, CHUNK_SIZE, chunks());
        assertThat(registry.neighbours(one.id(), CONTENT)).isEmpty();
        clock.turn(longest(Limits.UNREACHED));
        registry.enter(one.id(), CONTENT, RESOURCE, CHUNKS, CHUNK_SIZE, chunks());
        assertThat(registry.neighbours(one.id(), CONTENT)).containsExactly(two.id());
    }

    @Test
    void aLostPairIsNamedAgainUnaskedOnceItsTimeIsOver() {
        Peer one = entered(account(1));
        Peer two = entered(account(2));
        registry.lost(one.id(), CONTENT, two.id(), RefusalCode.UNREACHABLE);
        registry.reopen();
        assertThat(registry.rewirings()).isEmpty();
        clock.turn(longest(Limits.UNREACHED));
        registry.reopen();
        assertThat(registry.rewirings()).containsExactly(new Rewiring(one.id(), CONTENT, List.of(two.id()), List.of()));
        registry.lost(one.id(), CONTENT, two.id(), RefusalCode.UNREACHABLE);
        clock.turn(longest(Limits.UNREACHED));
        registry.reopen();
        assertThat(registry.rewirings()).as("the second pause is twice as long").isEmpty();
        clock.turn(longest(Limits.UNREACHED));
        registry.reopen();
        assertThat(registry.rewirings()).hasSize(1);
    }

    /** A pause with all that chance may add to it. */
    private static Duration longest(Duration pause) {
        return pause.plus(pause.dividedBy(2));
    }

    @Test
    void wrongChunksInOneSwarmCountInAllUntilThePeerJoinsAnew() {
        Peer liar = entered(account(0));
        registry.enter(liar.id(), content(2), RESOURCE, CHUNKS, CHUNK_SIZE, chunks());
        for (int number = 1; number <= 2; number++) {
            Peer accuser = entered(account(number));
            registry.lost(accuser.id(), CONTENT, liar.id(), RefusalCode.WRONG_CHUNK);
        }
        Peer victim = joined(account(5));
        for (int number = 1; number <= 3; number++) {
            registry.enter(liar.id(), content(number), RESOURCE, CHUNKS, CHUNK_SIZE, chunks());
            registry.enter(victim.id(), content(number), RESOURCE, CHUNKS, CHUNK_SIZE, chunks());
            assertThat(registry.neighbours(victim.id(), content(number))).doesNotContain(liar.id());
            assertThat(registry.neighbours(liar.id(), content(number))).isEmpty();
        }
        registry.leave(liar.id());
        assertThat(registry.join(liar)).isTrue();
        registry.enter(liar.id(), content(2), RESOURCE, CHUNKS, CHUNK_SIZE, chunks());
        assertThat(registry.neighbours(liar.id(), content(2))).containsExactly(victim.id());
    }

    @Test
    void whoHoldsEverythingIsNoNeighbourOfWhoDoes() {
        int[] all = IntStream.range(0, CHUNKS).toArray();
        Peer seeder = entered(account(1), all);
        Peer receiver = entered(account(2));
        assertThat(registry.neighbours(receiver.id(), CONTENT)).containsExactly(seeder.id());
        registry.have(receiver.id(), CONTENT, IntStream.of(all).boxed().toList());
        assertThat(registry.neighbours(receiver.id(), CONTENT)).isEmpty();
        assertThat(registry.rewirings()).isEmpty();
    }

    @Test
    void nobodyIsAloneWithThemselves() {
        Peer asker = entered(account(1));
        assertThat(registry.neighbours(asker.id(), CONTENT)).isEmpty();
        assertThat(registry.neighbours(joined(account(2)).id(), CONTENT)).isEmpty();
    }

    @Test
    void lostLinksAreCountedByTheirReason() {
        Peer one = entered(account(1));
        Peer two = entered(account(2));
        registry.lost(one.id(), CONTENT, two.id(), RefusalCode.UNREACHABLE);
        registry.lost(two.id(), CONTENT, one.id(), RefusalCode.UNREACHABLE);
        registry.lost(one.id(), CONTENT, two.id(), RefusalCode.SILENT);
        registry.lost(one.id(), CONTENT, one.id(), RefusalCode.BUSY);
        registry.lost(one.id(), CONTENT, joined(account(3)).id(), RefusalCode.BUSY);
        assertThat(registry.losses()).isEqualTo(Map.of(RefusalCode.UNREACHABLE, 2L, RefusalCode.SILENT, 1L));
    }
}
