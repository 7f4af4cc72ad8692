package io.hubmesh.delivery.web;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives files that the connector still sends their time when the hub is asked to stop. The container waits for requests, and theirs are over; so this waits
 * after it, and before it closes the connections. For how long, the lifecycle says ({@code spring.lifecycle.timeout-per-shutdown-phase}).
 */
@Component
class LastBytes implements SmartLifecycle {

    /** Between two looks. In milliseconds. */
    private static final long LOOK_EVERY = 50;

    private final Connections connections;
    private @Nullable ScheduledExecutorService clock;
    private volatile boolean running;

    LastBytes(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public synchronized void stop(Runnable stopped) {
        running = false;
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "last-bytes");
            thread.setDaemon(true);
            return thread;
        });
        clock.schedule(() -> look(false, stopped), 0, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;
    }

    /** Twice none in a row: between its request and the connector's first byte a file is with neither. */
    private synchronized void look(boolean noneBefore, Runnable stopped) {
        boolean none = !connections.isSending();
        ScheduledExecutorService own = clock;
        if (none && noneBefore && own != null) {
            own.shutdown();
            stopped.run();
        } else if (own != null) {
            own.schedule(() -> look(none, stopped), LOOK_EVERY, TimeUnit.MILLISECONDS);
        }
    }
}
