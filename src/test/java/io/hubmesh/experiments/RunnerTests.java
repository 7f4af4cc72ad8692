package io.hubmesh.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.experiments.Outcome.End;
import io.hubmesh.experiments.Outcome.Receiver;
import io.hubmesh.experiments.Runner.Effect;
import io.hubmesh.experiments.Runner.Verdict;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.TrialModel;
import io.hubmesh.mesh.events.TrialTold;
import io.hubmesh.mesh.events.TrialTold.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The life of an experiment, on a clock that the test moves. */
class RunnerTests {

    private static final PeerId ANN = new PeerId("A".repeat(22));
    private static final PeerId BEN = new PeerId("B".repeat(22));
    private static final double BOUND = 10;

    private long now = 1_000_000;
    private final List<Effect> effects = new ArrayList<>();

    private static Settings settings(boolean curve, int repetitions, TrialModel... models) {
        return new Settings(List.of(models), List.of(ANN, BEN), curve, repetitions, 1_000_000, 500_000, 2_000_000);
    }

    private Runner begun(Settings settings) {
        Runner runner = new Runner(Run.plan(settings), settings.peers(), BOUND);
        effects.addAll(runner.begin(now));
        return runner;
    }

    private void say(Runner runner, PeerId peer, State state) {
        effects.addAll(runner.told(
                new TrialTold("T".repeat(22), peer, state, 500_000, 2_000_000, 7, 11, null, Instant.EPOCH), now));
    }

    private void pass(Runner runner, long millis) {
        now += millis;
        effects.addAll(runner.tick(now));
    }

    private void serve(Runner runner, long annMillis, long benMillis) {
        say(runner, ANN, State.READY);
        say(runner, BEN, State.READY);
        now += annMillis;
        say(runner, ANN, State.COMPLETED);
        now += benMillis - annMillis;
        say(runner, BEN, State.COMPLETED);
        pass(runner, Runner.REST_MILLIS);
    }

    private <T extends Effect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private List<Outcome> outcomes() {
        return all(Effect.End.class).stream().map(Effect.End::outcome).toList();
    }

    @Test
    void eachRepetitionBeginsWithAnotherModel() {
        List<Run> plan = Run.plan(settings(false, 3, TrialModel.HUB, TrialModel.PEERS, TrialModel.AUTOMATIC));

        assertThat(plan.stream().filter(Run::isWarmUp).map(Run::model))
                .containsExactly(TrialModel.HUB, TrialModel.PEERS, TrialModel.AUTOMATIC);
        assertThat(plan.stream().filter(run -> !run.isWarmUp()).map(Run::model))
                .containsExactly(
                        TrialModel.HUB,
                        TrialModel.PEERS,
                        TrialModel.AUTOMATIC,
                        TrialModel.PEERS,
                        TrialModel.AUTOMATIC,
                        TrialModel.HUB,
                        TrialModel.AUTOMATIC,
                        TrialModel.HUB,
                        TrialModel.PEERS);
        assertThat(plan.stream().map(Run::number)).startsWith(1, 2, 3).endsWith(12);
    }

    @Test
    void aCurveRunsWithOneReceiverThenMore() {
        List<Run> plan = Run.plan(settings(true, 1, TrialModel.HUB));

        assertThat(plan.stream().map(Run::receivers)).containsExactly(2, 1, 2);
        Runner runner = begun(settings(true, 1, TrialModel.HUB));
        serve(runner, 10, 20);
        assertThat(all(Effect.Ask.class).get(1).peers()).containsExactly(ANN);
    }

    @Test
    void nobodyBeginsBeforeAllAreReady() {
        Runner runner = begun(settings(false, 1, TrialModel.PEERS));

        say(runner, ANN, State.READY);
        assertThat(all(Effect.Begin.class)).isEmpty();
        say(runner, BEN, State.READY);

        assertThat(all(Effect.Begin.class)).singleElement().satisfies(begin -> assertThat(begin.peers())
                .containsExactly(ANN, BEN));
    }

    @Test
    void timesCountFromTheBeginningAndNotFromTheAsking() {
        Runner runner = begun(settings(false, 1, TrialModel.PEERS));
        now += 5_000;
        serve(runner, 3_000, 4_500);

        assertThat(outcomes().get(0).receivers())
                .containsExactly(
                        new Receiver(ANN.value(), End.COMPLETED, 3_000L, 7, 11, 500_000, 2_000_000, null),
                        new Receiver(BEN.value(), End.COMPLETED, 4_500L, 7, 11, 500_000, 2_000_000, null));
    }

    @Test
    void itRestsBetweenRunsAndIsDoneAfterTheLast() {
        Runner runner = begun(settings(false, 1, TrialModel.PEERS));
        serve(runner, 10, 20);
        assertThat(all(Effect.Ask.class)).hasSize(2);
        serve(runner, 10, 20);

        assertThat(outcomes().stream().map(Outcome::run).map(Run::repetition)).containsExactly(0, 1);
        assertThat(all(Effect.Over.class)).containsExactly(new Effect.Over(Verdict.DONE, null));
        assertThat(runner.phase()).isEqualTo(Runner.Phase.OVER);
    }

    @Test
    void whoFailsIsRecordedAndTheOthersAndTheNextRunGoOn() {
        Runner runner = begun(settings(false, 1, TrialModel.PEERS));
        say(runner, ANN, State.READY);
        say(runner, BEN, State.READY);
        say(runner, BEN, State.FAILED);
        now += 100;
        say(runner, ANN, State.COMPLETED);

        assertThat(outcomes().get(0).receivers()).extracting(Receiver::end).containsExactly(End.COMPLETED, End.FAILED);
        pass(runner, Runner.REST_MILLIS);
        assertThat(all(Effect.Ask.class)).hasSize(2);
    }

    @Test
    void whoIsNotReadyInTimeIsRecordedAndTheOthersBegin() {
        Runner runner = begun(settings(false, 1, TrialModel.PEERS));
        say(runner, ANN, State.READY);
        pass(runner, Runner.READY_MILLIS);

        assertThat(all(Effect.Begin.class).get(0).peers()).containsExactly(ANN);
        say(runner, ANN, State.COMPLETED);
        assertThat(outcomes().get(0).receivers())
                .extracting(Receiver::end)
                .containsExactly(End.COMPLETED, End.TIMED_OUT);
    }

    @Test
    void whoIsNeverDoneIsRecorded() {
        Runner runner = begun(settings(false, 1, TrialModel.PEERS));
        say(runner, ANN, State.READY);
        say(runner, BEN, State.READY);
        long limit = Runner.LEAST_LIMIT_MILLIS + (long) (Runner.PATIENCE * BOUND * 1000);
        pass(runner, limit - 1);
        assertThat(outcomes()).isEmpty();
        pass(runner, 1);

        assertThat(outcomes().get(0).receivers()).extracting(Receiver::end).containsOnly(End.TIMED_OUT);
    }

    @Test
    void aReceiverThatLeavesEndsItAfterTheRun() {
        Runner runner = begun(settings(false, 1, TrialModel.PEERS));
        say(runner, ANN, State.READY);
        say(runner, BEN, State.READY);
        effects.addAll(runner.gone(BEN, now));
        assertThat(all(Effect.Over.class)).isEmpty();
        say(runner, ANN, State.COMPLETED);

        assertThat(outcomes().get(0).receivers()).extracting(Receiver::end).containsExactly(End.COMPLETED, End.LEFT);
        assertThat(all(Effect.Over.class))
                .containsExactly(new Effect.Over(Verdict.INTERRUPTED, "A receiver has left."));
    }

    @Test
    void aPersonWhoTakesNoPartAnyMoreEndsItToo() {
        Runner runner = begun(settings(false, 1, TrialModel.PEERS));
        serve(runner, 10, 20);
        say(runner, ANN, State.LEFT);
        say(runner, BEN, State.LEFT);

        assertThat(outcomes().get(1).receivers()).extracting(Receiver::end).containsOnly(End.LEFT);
        assertThat(all(Effect.Over.class)).singleElement().satisfies(over -> assertThat(over.verdict())
                .isEqualTo(Verdict.INTERRUPTED));
    }

    @Test
    void itCanBeStoppedAtAnyMoment() {
        for (int moment = 0; moment < 4; moment++) {
            effects.clear();
            Runner runner = begun(settings(false, 1, TrialModel.PEERS));
            if (moment > 0) {
                say(runner, ANN, State.READY);
            }
            if (moment > 1) {
                say(runner, BEN, State.READY);
            }
            if (moment > 2) {
                say(runner, ANN, State.COMPLETED);
            }
            effects.addAll(runner.stop(now));

            assertThat(all(Effect.Over.class)).containsExactly(new Effect.Over(Verdict.STOPPED, null));
            assertThat(outcomes()).singleElement().satisfies(outcome -> assertThat(
                            outcome.receivers().get(1).end())
                    .isEqualTo(End.STOPPED));
            assertThat(runner.stop(now)).isEmpty();
            assertThat(runner.tick(now + 1_000_000)).isEmpty();
        }
    }

    @Test
    void wordsOutOfTurnChangeNothing() {
        Runner runner = begun(settings(false, 1, TrialModel.PEERS));
        say(runner, ANN, State.COMPLETED);
        say(runner, new PeerId("C".repeat(22)), State.READY);
        say(runner, ANN, State.READY);
        say(runner, ANN, State.READY);
        assertThat(all(Effect.Begin.class)).isEmpty();
        say(runner, BEN, State.READY);
        now += 10;
        say(runner, ANN, State.COMPLETED);
        now += 10;
        say(runner, ANN, State.FAILED);
        say(runner, ANN, State.COMPLETED);
        say(runner, BEN, State.COMPLETED);

        assertThat(outcomes().get(0).receivers()).extracting(Receiver::millis).containsExactly(10L, 20L);
    }

    /** Whatever comes in whatever order: each run is told once, in order, with all its receivers, and the end comes once and last. */
    @Test
    void anythingMayHappen() {
        for (int seed = 0; seed < 500; seed++) {
            effects.clear();
            Random chance = new Random(seed);
            Settings settings = settings(chance.nextBoolean(), 1 + chance.nextInt(2), TrialModel.HUB, TrialModel.PEERS);
            Runner runner = begun(settings);
            for (int step = 0; step < 400 && runner.phase() != Runner.Phase.OVER; step++) {
                PeerId peer = chance.nextBoolean() ? ANN : BEN;
                switch (chance.nextInt(40)) {
                    case 0 -> effects.addAll(runner.gone(peer, now));
                    case 1 -> say(runner, peer, State.FAILED);
                    case 2 -> effects.addAll(chance.nextInt(4) == 0 ? runner.stop(now) : List.of());
                    case 3, 4, 5 -> pass(runner, chance.nextInt(100_000));
                    default -> say(runner, peer, chance.nextBoolean() ? State.READY : State.COMPLETED);
                }
            }
            effects.addAll(runner.stop(now));

            List<Run> plan = Run.plan(settings);
            List<Outcome> outcomes = outcomes();
            for (int index = 0; index < outcomes.size(); index++) {
                assertThat(outcomes.get(index).run()).isEqualTo(plan.get(index));
                assertThat(outcomes.get(index).receivers())
                        .hasSize(plan.get(index).receivers())
                        .allSatisfy(receiver -> assertThat(receiver.end()).isNotNull());
            }
            assertThat(all(Effect.Ask.class)).hasSameSizeAs(outcomes);
            assertThat(all(Effect.Over.class)).hasSize(1);
            assertThat(effects.get(effects.size() - 1)).isInstanceOf(Effect.Over.class);
        }
    }
}
