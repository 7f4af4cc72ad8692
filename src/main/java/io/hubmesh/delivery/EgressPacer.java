package io.hubmesh.delivery;

import io.hubmesh.delivery.EgressMeter.Turn;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Gives whoever waits for a turn one in good time: one thread for all of them, which rests while nobody waits. */
@Component
class EgressPacer implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(EgressPacer.class);

    /** Between two looks at who waits. In milliseconds: a fifth of what a bucket holds. */
    private static final long TICK = 10;

    /** How many write at the same moment, at most. */
    private static final int HANDS = 4;

    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "egress"));

    /** They wait for nobody: a slice is read, and what the connection takes of it is written. */
    private final ExecutorService hands = Executors.newFixedThreadPool(HANDS, task -> daemon(task, "egress-write"));

    private final EgressMeter meter = new EgressMeter(System.nanoTime());
    private boolean ticking;

    synchronized void limit(@Nullable Long wholeHub, @Nullable Long eachAccount) {
        meter.limit(wholeHub, eachAccount);
    }

    /** The turn comes on a thread of its own room; what it gives must be done quickly or elsewhere. */
    synchronized void ask(Turn turn) {
        meter.ask(turn);
        if (!ticking) {
            ticking = true;
            clock.execute(this::tick);
        }
    }

    /** Does it on a thread of its own, soon. @throws java.util.concurrent.RejectedExecutionException when the hub has stopped */
    void handOver(Runnable work) {
        hands.execute(work);
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
        hands.shutdownNow();
    }

    private void tick() {
        List<Runnable> given;
        synchronized (this) {
            given = meter.tick(System.nanoTime());
        }
        given.forEach(EgressPacer::safely);
        synchronized (this) {
            ticking = !meter.isIdle();
            if (ticking) {
                clock.schedule(this::tick, given.isEmpty() ? TICK : 1, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whoever cannot take their turn keeps nobody else from theirs. */
    private static void safely(Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException failed) {
            LOG.error("A turn to send could not be taken", failed);
        }
    }
}
