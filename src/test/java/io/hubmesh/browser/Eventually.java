package io.hubmesh.browser;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for facts that another process makes true. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 200;

    private Eventually() {}

    /** Tries until it no longer fails; then, or when patience ends, the last outcome stands. */
    static void holds(Runnable assertion) {
        holds(PATIENCE, assertion);
    }

    /** The same with another patience. On the caller's own thread: a browser's driver bears no other one beside it. */
    static void holds(Duration patience, Runnable assertion) {
        long begun = System.nanoTime();
        Throwable last = failureOf(assertion);
        while (last != null) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new AssertionError("It did not come true in " + patience, last);
            }
            rest();
            last = failureOf(assertion);
        }
    }

    private static @Nullable Throwable failureOf(Runnable assertion) {
        try {
            assertion.run();
            return null;
        } catch (AssertionError | RuntimeException failure) {
            return failure;
        }
    }

    private static void rest() {
        try {
            new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }
}
