package io.hubmesh.mesh.admission;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Has one after the other decide who is let in or put out. Whoever has waited longest is next, so that a review that takes many turns keeps
 * nobody waiting for more than one of them.
 */
@Component
class Turns {

    /** Not a monitor: the database is asked under it, and a virtual thread that waits in a monitor keeps its carrier. */
    private final ReentrantLock lock = new ReentrantLock(true);

    <T> T take(Supplier<T> task) {
        lock.lock();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits for a turn. */
    boolean areAwaited() {
        return lock.hasQueuedThreads();
    }
}
