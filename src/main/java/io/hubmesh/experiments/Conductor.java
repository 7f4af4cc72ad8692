package io.hubmesh.experiments;

import io.hubmesh.delivery.Lane;
import io.hubmesh.experiments.Runner.Effect;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.Trials;
import io.hubmesh.mesh.events.PeerLeft;
import io.hubmesh.mesh.events.TrialTold;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Runs one experiment at a time: takes what receivers say to the runner and does what it answers. Everything happens on one thread of its own, so
 * that no socket waits for the database.
 */
@Component
class Conductor implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    /** Between two looks at whose time is up, in milliseconds: quick beside its shortest pause. */
    private static final long TICK = 250;

    private final Trials trials;
    private final ExperimentRows rows;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread own = new Thread(task, "experiments");
        own.setDaemon(true);
        return own;
    });
    private volatile @Nullable Running running;

    Conductor(Trials trials, ExperimentRows rows, Clock clock) {
        this.trials = trials;
        this.rows = rows;
        this.clock = clock;
        rows.endAll(Experiment.State.INTERRUPTED, "The hub was stopped.", clock.instant());
    }

    /**
     * What goes on now.
     *
     * @param runsDone of all its runs
     * @param egress what the hub has sent for the run
     * @param people whose peers those are that were asked since it began, whether or not they are still there
     */
    record Progress(
            @Nullable Run run,
            String phase,
            int runsDone,
            long egress,
            List<Outcome.Receiver> receivers,
            Map<String, AccountId> people) {}

    private static final class Running {
        private final Experiment experiment;
        private final Runner runner;
        private final Map<PeerId, String> parts = new HashMap<>();
        private final Map<String, AccountId> people = new HashMap<>();
        private Lane lane;
        private int done;
        private @Nullable ScheduledFuture<?> ticking;

        Running(Experiment experiment, Runner runner) {
            this.experiment = experiment;
            this.runner = runner;
            this.lane = new Lane(experiment.settings().hubRate());
        }
    }

    /** @throws ProblemException already-running when one goes on */
    synchronized void start(Experiment experiment) {
        if (running != null) {
            throw new ProblemException(
                    ProblemCode.ALREADY_RUNNING, "An experiment is running. Wait for its end, or stop it.");
        }
        rows.add(experiment);
        Settings settings = experiment.settings();
        Bounds.Rates rates = new Bounds.Rates(settings.uploadRate(), settings.downloadRate());
        Bounds bounds = Bounds.of(
                experiment.file().size(),
                experiment.file().chunks(),
                settings.hubRate(),
                settings.peers().stream().map(peer -> rates).toList());
        double longest = Math.max(bounds.clientServer(), bounds.peerToPeer());
        Running begun = new Running(experiment, new Runner(Run.plan(settings), settings.peers(), longest));
        running = begun;
        soon(runner -> runner.begin(clock.millis()));
        begun.ticking = thread.scheduleWithFixedDelay(
                () -> now(runner -> runner.tick(clock.millis())), TICK, TICK, TimeUnit.MILLISECONDS);
    }

    /** @return false when it is not the one that goes on */
    boolean stop(UUID experiment) {
        Running now = running;
        if (now == null || !now.experiment.id().equals(experiment)) {
            return false;
        }
        soon(runner -> runner.stop(clock.millis()));
        return true;
    }

    synchronized Optional<Progress> progress(UUID experiment) {
        Running now = running;
        if (now == null || !now.experiment.id().equals(experiment)) {
            return Optional.empty();
        }
        return Optional.of(new Progress(
                now.runner.run(),
                now.runner.phase().name().toLowerCase(Locale.ROOT),
                now.done,
                now.lane.sent(),
                now.runner.standing(),
                Map.copyOf(now.people)));
    }

    @EventListener
    void on(TrialTold told) {
        soon(runner -> isOurs(told) ? runner.told(told, told.at().toEpochMilli()) : List.of());
    }

    @EventListener
    void on(PeerLeft left) {
        soon(runner -> runner.gone(left.peer(), left.at().toEpochMilli()));
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }

    private boolean isOurs(TrialTold told) {
        Running now = running;
        return now != null && told.trial().equals(now.parts.get(told.peer()));
    }

    private void soon(Function<Runner, List<Effect>> event) {
        if (running != null) {
            thread.execute(() -> now(event));
        }
    }

    private synchronized void now(Function<Runner, List<Effect>> event) {
        Running now = running;
        if (now == null) {
            return;
        }
        try {
            List<Effect> effects = new ArrayList<>(event.apply(now.runner));
            while (!effects.isEmpty()) {
                effects.addAll(act(now, effects.remove(0)));
            }
        } catch (RuntimeException failed) {
            LOG.error("An experiment could not go on", failed);
            over(now, Experiment.State.INTERRUPTED, "Something went wrong on the hub; it has been written to the log.");
        }
    }

    private List<Effect> act(Running now, Effect effect) {
        if (effect instanceof Effect.Ask ask) {
            return ask(now, ask);
        }
        if (effect instanceof Effect.Begin begin) {
            begin.peers().forEach(peer -> withPart(now, peer, trials::begin));
        } else if (effect instanceof Effect.End end) {
            Outcome told = end.outcome();
            end.peers().forEach(peer -> withPart(now, peer, trials::end));
            now.parts.clear();
            now.done++;
            rows.addRun(now.experiment.id(), new Outcome(told.run(), now.lane.sent(), told.receivers()));
        } else if (effect instanceof Effect.Over over) {
            over(now, Experiment.State.valueOf(over.verdict().name()), over.reason());
        }
        return List.of();
    }

    private List<Effect> ask(Running now, Effect.Ask ask) {
        Experiment experiment = now.experiment;
        Settings settings = experiment.settings();
        now.lane = new Lane(settings.hubRate());
        Trials.Request request = new Trials.Request(
                experiment.id() + "/" + ask.run().number(),
                experiment.file().resource(),
                experiment.file().content(),
                ask.run().model(),
                settings.uploadRate(),
                settings.downloadRate(),
                now.lane);
        List<Effect> effects = new ArrayList<>();
        for (PeerId peer : ask.peers()) {
            Optional<Trials.Asked> asked = trials.ask(peer, request);
            if (asked.isPresent()) {
                now.parts.put(peer, asked.get().trial());
                now.people.put(peer.value(), asked.get().account());
            } else {
                effects.addAll(now.runner.gone(peer, clock.millis()));
            }
        }
        return effects;
    }

    private static void withPart(Running now, PeerId peer, Consumer<String> deed) {
        String part = now.parts.get(peer);
        if (part != null) {
            deed.accept(part);
        }
    }

    private void over(Running now, Experiment.State state, @Nullable String reason) {
        if (now.ticking != null) {
            now.ticking.cancel(false);
        }
        now.parts.values().forEach(trials::end);
        running = null;
        Instant at = clock.instant();
        rows.end(now.experiment.id(), state, reason, at);
    }
}
