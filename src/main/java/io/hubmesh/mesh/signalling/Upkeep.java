package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.admission.Review;
import io.hubmesh.mesh.keeping.Keeping;
import io.hubmesh.mesh.swarm.Registry;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The room's one thread for what no peer has asked for: it drops the silent and takes back what may no longer be. Events
 * make that quick; the regular review makes it certain, also after a crash between a commit and its event.
 */
@Component
class Upkeep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private static final int SILENCE_EVERY_SECONDS = 5;

    /** The hub asks and peers answer: the timers of a hidden tab run once a minute only, its sockets at once. */
    private static final int PING_EVERY_SECONDS = 10;

    /** How long a socket may outlive its session or token. */
    private static final int WELCOME_EVERY_SECONDS = 10;

    /** How soon a TURN server that an administrator has entered reaches the peers that are there. */
    private static final int TURN_EVERY_SECONDS = 5;

    /** How soon somebody is asked for a copy that is wanted. */
    private static final int KEEP_EVERY_SECONDS = 5;

    /** How soon after its time a pair that was lost is introduced again. */
    private static final int REOPEN_EVERY_SECONDS = 1;

    private static final int REVIEW_EVERY_SECONDS = 60;
    private static final int FORGET_EVERY_SECONDS = 3600;

    private final Admissions admissions;
    private final Review review;
    private final Registry registry;
    private final OpenSockets sockets;
    private final Herald herald;
    private final Introductions introductions;
    private final Keeping keeping;
    private @Nullable ScheduledExecutorService thread;

    Upkeep(
            Admissions admissions,
            Review review,
            Registry registry,
            OpenSockets sockets,
            Herald herald,
            Introductions introductions,
            Keeping keeping) {
        this.admissions = admissions;
        this.review = review;
        this.registry = registry;
        this.sockets = sockets;
        this.herald = herald;
        this.introductions = introductions;
        this.keeping = keeping;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "hubmesh-mesh");
            daemon.setDaemon(true);
            return daemon;
        });
        thread = started;
        soon(() -> review.of(everything -> true, herald::announce));
        every(started, SILENCE_EVERY_SECONDS, this::dropSilent);
        every(started, PING_EVERY_SECONDS, this::ping);
        every(started, WELCOME_EVERY_SECONDS, this::dropUnwelcome);
        every(started, TURN_EVERY_SECONDS, this::renewTurn);
        every(started, KEEP_EVERY_SECONDS, this::keep);
        every(started, REOPEN_EVERY_SECONDS, this::reopen);
        every(started, REVIEW_EVERY_SECONDS, () -> review.ofThoseOnline(herald::announce));
        every(started, FORGET_EVERY_SECONDS, admissions::forgetFaded);
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService running = thread;
        thread = null;
        if (running != null) {
            running.shutdownNow();
        }
        sockets.all().forEach(connection -> connection.close("hub-stops"));
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    /** Does it as soon as the thread is free, away from whoever asks. */
    void soon(Runnable task) {
        ScheduledExecutorService running = thread();
        if (running == null) {
            return; // the hub stops or has not started; it reviews everything when it does
        }
        try {
            running.execute(safely(task));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The hub stops; the review follows when it starts again");
        }
    }

    void ping() {
        sockets.all().forEach(Connection::ping);
    }

    void dropUnwelcome() {
        sockets.all().forEach(Connection::closeIfUnwelcome);
    }

    void renewTurn() {
        sockets.all().forEach(Connection::renewTurn);
    }

    void keep() {
        keeping.tend().forEach(order -> sockets.send(order.peer(), order.message()));
    }

    void reopen() {
        registry.reopen();
        introductions.spread();
    }

    void dropSilent() {
        sockets.all().forEach(Connection::closeIfSilent);
        for (PeerId peer : registry.silent()) {
            if (!sockets.close(peer, "silent")) {
                registry.leave(peer);
            }
        }
        introductions.spread();
    }

    private synchronized @Nullable ScheduledExecutorService thread() {
        return thread;
    }

    private static void every(ScheduledExecutorService thread, int seconds, Runnable task) {
        thread.scheduleWithFixedDelay(safely(task), seconds, seconds, TimeUnit.SECONDS);
    }

    /** A task that fails must not end the ones after it. */
    private static Runnable safely(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException failed) {
                LOG.error("The mesh's upkeep failed once and goes on", failed);
            }
        };
    }
}
