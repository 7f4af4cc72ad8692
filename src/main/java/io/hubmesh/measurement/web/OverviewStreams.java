package io.hubmesh.measurement.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.measurement.Overviews;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every open stream of overviews. A {@link Beat} each second hands each stream to a thread of its own, so that a client that reads
 * slowly holds up nobody else; there are never more threads than streams.
 */
@Component
class OverviewStreams implements SmartLifecycle {

    /** In all. Each costs a connection, and an overview a second at most for each account. */
    static final int MOST = 100;

    /** Of one account: some tabs on some machines. */
    static final int MOST_PER_ACCOUNT = 8;

    /** The stream lasts until one side ends it; dead clients are noticed by the heartbeat. */
    private static final long WITHOUT_END = 0L;

    private final Overviews overviews;
    private final JsonMapper json;
    private final Set<OverviewStream> streams = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ScheduledExecutorService clockwork;
    private volatile @Nullable ExecutorService workers;

    OverviewStreams(Overviews overviews, JsonMapper json) {
        this.overviews = overviews;
        this.json = json;
    }

    /**
     * @param connection of the one who asks: held while anything is sent to them
     * @throws ProblemException too-many-requests when there are as many streams as the hub bears
     */
    synchronized SseEmitter open(Subject subject, BooleanSupplier welcome, Lock connection) {
        long own = streams.stream()
                .filter(stream -> stream.subject().accountId().equals(subject.accountId()))
                .count();
        if (streams.size() >= MOST || own >= MOST_PER_ACCOUNT) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS, "Too many dashboards are open. Close one and try again.");
        }
        SseEmitter emitter = new SseEmitter(WITHOUT_END);
        OverviewStream stream = new OverviewStream(subject, welcome, emitter, connection);
        emitter.onCompletion(() -> streams.remove(stream));
        emitter.onError(failure -> streams.remove(stream));
        streams.add(stream);
        work(stream, Beat.of(overviews, json));
        return emitter;
    }

    /** How many are open. */
    int count() {
        return streams.size();
    }

    @Override
    public synchronized void start() {
        workers = Executors.newCachedThreadPool(named("overview-stream"));
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(named("overview-beat"));
        started.scheduleAtFixedRate(this::beat, 1, 1, TimeUnit.SECONDS);
        clockwork = started;
    }

    /** Runs before the web server's own end, which would otherwise wait for the streams. */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService running = clockwork;
        ExecutorService working = workers;
        clockwork = null;
        workers = null;
        if (running != null && working != null) {
            running.shutdown();
            streams.forEach(stream -> working.execute(stream::end));
            working.shutdown();
        }
    }

    @Override
    public boolean isRunning() {
        return clockwork != null;
    }

    private void beat() {
        if (!streams.isEmpty()) {
            Beat beat = Beat.of(overviews, json);
            streams.forEach(stream -> work(stream, beat));
        }
    }

    private void work(OverviewStream stream, Beat beat) {
        ExecutorService working = workers;
        if (stream.isOver()) {
            streams.remove(stream);
        } else if (working == null) {
            streams.remove(stream);
            stream.end();
        } else if (stream.take()) {
            hand(stream, beat, working);
        }
    }

    private static void hand(OverviewStream stream, Beat beat, ExecutorService working) {
        try {
            working.execute(() -> stream.turn(beat));
        } catch (RejectedExecutionException stopping) {
            stream.end();
        }
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
