package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.audit.chain.Custody;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The thread of the room: writes what waits, notes the chain's end, takes out what is too old; and records when the hub starts and stops. */
@Component
class Scribe implements SmartLifecycle {

    /** What waits is written within a second, the time of the writing included. */
    private static final int WRITTEN_EVERY_MILLIS = 500;

    private static final int PRUNED_EVERY_HOURS = 6;

    /** Stops after the web server (which has a higher phase), so that the last answers are recorded too. */
    private static final int AFTER_THE_WEB_SERVER = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    private final Journal journal;
    private final Custody custody;
    private final Clock clock;
    private volatile @Nullable ScheduledExecutorService thread;

    Scribe(Journal journal, Custody custody, Clock clock) {
        this.journal = journal;
        this.custody = custody;
        this.clock = clock;
    }

    @Override
    public void start() {
        custody.note();
        journal.now(hub(Action.HUB_STARTED));
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread named = new Thread(task, "audit-scribe");
            named.setDaemon(true);
            return named;
        });
        started.scheduleWithFixedDelay(this::write, 0, WRITTEN_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        started.scheduleWithFixedDelay(this::prune, 0, PRUNED_EVERY_HOURS, TimeUnit.HOURS);
        thread = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = thread;
        if (running != null) {
            running.shutdown();
            thread = null;
        }
        try {
            journal.close();
            journal.now(hub(Action.HUB_STOPPED));
            custody.note();
        } catch (RuntimeException failure) {
            LOG.error("The end of the audit could not be written down", failure);
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_WEB_SERVER;
    }

    private void write() {
        try {
            journal.write();
            custody.note();
        } catch (RuntimeException failure) {
            LOG.warn("The audit could not be written down; it will be tried again", failure);
        }
    }

    private void prune() {
        try {
            custody.prune();
        } catch (RuntimeException failure) {
            LOG.warn("Old records could not be taken out of the audit; it will be tried again", failure);
        }
    }

    private Entry hub(Action action) {
        return Entry.done(clock.instant(), Actor.HUB, action, Thing.of(Thing.Kind.HUB, null));
    }
}
