package io.hubmesh.experiments;

import io.hubmesh.experiments.Outcome.End;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.events.TrialTold;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes an experiment from run to run: asks the receivers, begins when all are ready, ends when all are done. Told what happens and when, in
 * milliseconds; answers what is to be done. Pure, and not safe for threads.
 */
final class Runner {

    /** A receiver that was asked has this long to be ready: a socket, a manifest, a slow machine. */
    static final long READY_MILLIS = 60_000;

    /** Between two runs: connections close, and what was held is thrown away. */
    static final long REST_MILLIS = 1_000;

    /** A run may take so many times its longest bound. */
    static final int PATIENCE = 5;

    /** And this, in which links are made on a slow machine. */
    static final long LEAST_LIMIT_MILLIS = 60_000;

    enum Phase {
        ASKING,
        RUNNING,
        RESTING,
        OVER
    }

    /** How an experiment has ended. */
    enum Verdict {
        DONE,
        STOPPED,
        INTERRUPTED
    }

    sealed interface Effect {
        /** Ask these to prepare for a run. */
        record Ask(Run run, List<PeerId> peers) implements Effect {}

        /** Tell those that are ready to begin. */
        record Begin(Run run, List<PeerId> peers) implements Effect {}

        /** Tell everybody that the run is over, and keep what it brought. */
        record End(Outcome outcome, List<PeerId> peers) implements Effect {}

        record Over(Verdict verdict, @Nullable String reason) implements Effect {}
    }

    private final Deque<Run> left;
    private final List<PeerId> peers;
    private final long limitMillis;
    private final Map<PeerId, Receiving> receiving = new LinkedHashMap<>();
    private @Nullable Run run;
    private Phase phase = Phase.RESTING;
    private long since;
    private @Nullable String interruption;

    /** @param longestBound of all its runs, in seconds */
    Runner(List<Run> plan, List<PeerId> peers, double longestBound) {
        this.left = new ArrayDeque<>(plan);
        this.peers = List.copyOf(peers);
        this.limitMillis = LEAST_LIMIT_MILLIS + (long) (PATIENCE * longestBound * 1000);
    }

    Phase phase() {
        return phase;
    }

    @Nullable
    Run run() {
        return run;
    }

    /** The run that goes on now as it stands; bytes of the hub are not known here. */
    List<Outcome.Receiver> standing() {
        return receiving.values().stream().map(Receiving::view).toList();
    }

    List<Effect> begin(long now) {
        return next(now);
    }

    /** A receiver says how it stands. */
    List<Effect> told(TrialTold told, long now) {
        Receiving one = receiving.get(told.peer());
        if (one == null || phase == Phase.OVER || phase == Phase.RESTING) {
            return told.state() == TrialTold.State.LEFT ? gone(told.peer(), now) : List.of();
        }
        one.hear(told, phase, now - since);
        return told.state() == TrialTold.State.LEFT ? gone(told.peer(), now) : advance(now);
    }

    /** A receiver is not there any more, takes no part any more, or may not read the file. The runs with the others would be another experiment: it ends after this one. */
    List<Effect> gone(PeerId peer, long now) {
        if (phase == Phase.OVER || !peers.contains(peer)) {
            return List.of();
        }
        interruption = "A receiver has left.";
        Receiving one = receiving.get(peer);
        if (one != null) {
            one.end(End.LEFT);
        }
        return advance(now);
    }

    List<Effect> tick(long now) {
        if (phase == Phase.ASKING && now - since >= READY_MILLIS) {
            receiving.values().stream().filter(one -> !one.isReady()).forEach(one -> one.end(End.TIMED_OUT));
        } else if (phase == Phase.RUNNING && now - since >= limitMillis) {
            receiving.values().forEach(one -> one.end(End.TIMED_OUT));
        } else if (phase == Phase.RESTING && now - since >= REST_MILLIS) {
            return next(now);
        }
        return advance(now);
    }

    /** Ends it at once; what goes on is kept as it stands. */
    List<Effect> stop(long now) {
        return over(now, Verdict.STOPPED, null, End.STOPPED);
    }

    private List<Effect> advance(long now) {
        if (phase == Phase.ASKING && receiving.values().stream().allMatch(one -> one.isReady() || one.isOver())) {
            return allAnswered(now);
        }
        if (phase == Phase.RUNNING && receiving.values().stream().allMatch(Receiving::isOver)) {
            return runOver(now);
        }
        return phase == Phase.RESTING && interruption != null ? next(now) : List.of();
    }

    private List<Effect> allAnswered(long now) {
        List<PeerId> ready = receiving.values().stream()
                .filter(one -> !one.isOver())
                .map(Receiving::peer)
                .toList();
        if (ready.isEmpty()) {
            interruption = interruption == null ? "No receiver was ready." : interruption;
            return runOver(now);
        }
        phase = Phase.RUNNING;
        since = now;
        return List.of(new Effect.Begin(running(), ready));
    }

    private List<Effect> runOver(long now) {
        Effect end = endOfRun();
        phase = Phase.RESTING;
        since = now;
        if (interruption == null && !left.isEmpty()) {
            return List.of(end);
        }
        List<Effect> effects = new ArrayList<>(List.of(end));
        effects.addAll(next(now));
        return effects;
    }

    private Effect endOfRun() {
        List<PeerId> asked = List.copyOf(receiving.keySet());
        Effect end = new Effect.End(new Outcome(running(), 0, standing()), asked);
        receiving.clear();
        run = null;
        return end;
    }

    private List<Effect> next(long now) {
        if (interruption != null) {
            return over(now, Verdict.INTERRUPTED, interruption, End.STOPPED);
        }
        if (left.isEmpty()) {
            return over(now, Verdict.DONE, null, End.STOPPED);
        }
        Run next = left.remove();
        run = next;
        phase = Phase.ASKING;
        since = now;
        List<PeerId> asked = peers.subList(0, next.receivers());
        asked.forEach(peer -> receiving.put(peer, new Receiving(peer)));
        return List.of(new Effect.Ask(next, List.copyOf(asked)));
    }

    private List<Effect> over(long now, Verdict verdict, @Nullable String reason, End unfinished) {
        if (phase == Phase.OVER) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        if (run != null) {
            receiving.values().forEach(one -> one.end(unfinished));
            effects.add(endOfRun());
        }
        phase = Phase.OVER;
        since = now;
        effects.add(new Effect.Over(verdict, reason));
        return effects;
    }

    private Run running() {
        if (run == null) {
            throw new IllegalStateException("no run goes on");
        }
        return run;
    }
}
