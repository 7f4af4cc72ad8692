package io.hubmesh.browser;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Waits for facts that another process makes true. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 200;

    private Eventually() {}

    /** Tries until it no longer fails; then, or when patience ends, the last outcome stands. */
    static void holds(Runnable assertion) {
        holds(PATIENCE, assertion);
    }

    /** The same with another patience. */
    static void holds(Duration patience, Runnable assertion) {
        AtomicReference<Throwable> last = new AtomicReference<>();
        CountDownLatch held = new CountDownLatch(1);
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
        try {
            looking.scheduleWithFixedDelay(
                    () -> {
                        try {
                            assertion.run();
                            held.countDown();
                        } catch (AssertionError | RuntimeException failure) {
                            last.set(failure);
                        }
                    },
                    0,
                    LOOK_EVERY_MILLIS,
                    TimeUnit.MILLISECONDS);
            if (!held.await(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("It did not come true in " + patience, last.get());
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        } finally {
            looking.shutdownNow();
        }
    }
}
