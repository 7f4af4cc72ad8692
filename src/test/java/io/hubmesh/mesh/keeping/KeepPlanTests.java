package io.hubmesh.mesh.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.keeping.KeepPlan.Candidate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom the hub asks for copies and whom it lets go. */
class KeepPlanTests {

    private static final AccountId MANAGER = new AccountId(new UUID(0, 1));
    private static final AccountId ANNA = new AccountId(new UUID(0, 2));
    private static final AccountId BEN = new AccountId(new UUID(0, 3));

    @Test
    void asManyAsAreWantedAreAskedAndNoMore() {
        KeepPlan plan = new KeepPlan(2, MANAGER, List.of(of("a", ANNA)));

        assertThat(plan.ask(List.of(of("b", BEN), of("c", BEN), of("d", ANNA)))).containsExactly(peer("b"));
        assertThat(plan.isMet()).isTrue();
        assertThat(plan.ask(List.of(of("c", BEN)))).isEmpty();
    }

    @Test
    void accountsThatKeepFewestAreAskedFirstThenThoseWithMostRoom() {
        KeepPlan plan = new KeepPlan(4, MANAGER, List.of());

        assertThat(plan.ask(List.of(
                        new Candidate(peer("a"), ANNA, 5),
                        new Candidate(peer("b"), ANNA, 9),
                        new Candidate(peer("c"), BEN, 7),
                        new Candidate(peer("m"), MANAGER, 99))))
                .containsExactly(peer("b"), peer("c"), peer("m"), peer("a"));
    }

    @Test
    void theManagersOwnPeersAloneDoNotDo() {
        KeepPlan plan = new KeepPlan(1, MANAGER, List.of(of("m", MANAGER)));

        assertThat(plan.isMet()).isFalse();
        assertThat(plan.ask(List.of(of("n", MANAGER)))).as("more of the same").isEmpty();
        assertThat(plan.ask(List.of(of("n", MANAGER), of("a", ANNA)))).containsExactly(peer("a"));
        assertThat(plan.isMet()).isTrue();
    }

    @Test
    void thoseTooManyAreLetGoWhereAnAccountKeepsSeveral() {
        KeepPlan plan = new KeepPlan(2, MANAGER, List.of(of("a", ANNA), of("b", ANNA), of("c", BEN), of("d", BEN)));

        assertThat(plan.release(List.of(of("a", ANNA), of("b", ANNA), of("c", BEN))))
                .containsExactly(peer("c"), peer("b"));
        assertThat(plan.release(List.of(of("a", ANNA)))).isEmpty();
    }

    @Test
    void theLastOneBesideTheManagersStays() {
        KeepPlan plan = new KeepPlan(1, MANAGER, List.of(of("m", MANAGER), of("a", ANNA)));

        assertThat(plan.release(List.of(of("a", ANNA)))).isEmpty();
        assertThat(plan.release(List.of(of("a", ANNA), of("m", MANAGER)))).containsExactly(peer("m"));
    }

    private static Candidate of(String name, AccountId account) {
        return new Candidate(peer(name), account, 0);
    }

    private static PeerId peer(String name) {
        return new PeerId(name.repeat(22));
    }
}
