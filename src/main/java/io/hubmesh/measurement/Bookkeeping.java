package io.hubmesh.measurement;

import io.hubmesh.mesh.Mesh;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets the ledger's time pass and writes it down behind the events. When the hub is killed, at most the last
 * {@link #SAVED_EVERY_SECONDS} seconds of counts are lost; when it stops in order, none.
 */
@Component
class Bookkeeping implements SmartLifecycle {

    static final int SAVED_EVERY_SECONDS = 5;

    /** Stops after the web server (which has a higher phase), so that the last answers are written down too. */
    private static final int AFTER_THE_WEB_SERVER = 0;

    private static final Logger log = LoggerFactory.getLogger(Bookkeeping.class);

    /** Old parts of series go so soon. In minutes. */
    private static final int PRUNED_EVERY_MINUTES = 1;

    private final Ledger ledger;
    private final Books books;
    private final Retention retention;
    private final Mesh mesh;
    private volatile @Nullable ScheduledExecutorService thread;

    Bookkeeping(Ledger ledger, Books books, Retention retention, Mesh mesh) {
        this.ledger = ledger;
        this.books = books;
        this.retention = retention;
        this.mesh = mesh;
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread named = new Thread(task, "measurement-books");
            named.setDaemon(true);
            return named;
        });
        started.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        started.scheduleWithFixedDelay(this::save, SAVED_EVERY_SECONDS, SAVED_EVERY_SECONDS, TimeUnit.SECONDS);
        started.scheduleWithFixedDelay(this::prune, 0, PRUNED_EVERY_MINUTES, TimeUnit.MINUTES);
        thread = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = thread;
        if (running != null) {
            running.shutdown();
            thread = null;
        }
        ledger.close();
        save();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_WEB_SERVER;
    }

    private void tick() {
        ledger.tick();
        ledger.mesh(mesh.size(), mesh.lostLinksInAll());
    }

    /** Removes what is older than administrators want it kept; what cannot be removed now goes later. */
    private void prune() {
        try {
            retention.prune();
        } catch (RuntimeException failure) {
            log.warn("Old measurements could not be removed; it will be tried again", failure);
        }
    }

    /** Writes down what changed; what cannot be written is kept for the next time. */
    synchronized void save() {
        Unsaved unsaved = ledger.takeUnsaved();
        if (unsaved.isEmpty()) {
            return;
        }
        try {
            books.save(unsaved);
        } catch (RuntimeException failure) {
            ledger.notSaved(unsaved);
            log.warn("The measurements could not be written down; they will be tried again", failure);
        }
    }
}
