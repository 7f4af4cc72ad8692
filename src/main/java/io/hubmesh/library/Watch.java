package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.events.AccessEnded;
import io.hubmesh.accounts.events.AccountDisabled;
import io.hubmesh.accounts.events.GroupMembersChanged;
import io.hubmesh.accounts.events.RoleChanged;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.events.ResourceDeleted;
import io.hubmesh.library.events.ResourceMoved;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.events.GrantsChanged;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Looks after what takes a while, such as a download or an upload: when whoever is at it may no longer, it ends. Every change that can take a
 * right away is heard of right after its commit; a regular look makes sure of the rest, such as sessions that have run out.
 */
@Component
public class Watch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /** How long something may go on that ended without an event. */
    private static final int LOOK_EVERY_SECONDS = 10;

    private final Library library;
    private final Set<Held> holds = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable ScheduledExecutorService thread;

    Watch(Library library) {
        this.library = library;
    }

    /** Somebody's right to go on. Safe for any thread. */
    public interface Hold extends AutoCloseable {

        /** Whether it still stands. Costs nothing. */
        boolean stands();

        /** @throws ProblemException forbidden when it does not stand any more */
        default void require() {
            if (!stands()) {
                throw new ProblemException(
                        ProblemCode.FORBIDDEN, "You may no longer do this. What was under way has ended.");
            }
        }

        /** What was under way is over; nothing is looked after any more. */
        @Override
        void close();
    }

    /**
     * Begins to look after something.
     *
     * @param welcome whether the session or token that it rests on still stands, as {@code Welcome.of} tells; asked from another thread
     * @param ended is run once, from another thread and within moments, when the subject no longer has that level or is no longer welcome;
     *     it must not block
     * @throws ProblemException as {@link Library#require}
     */
    public Hold onRevoked(Subject subject, ResourceId resource, Level level, BooleanSupplier welcome, Runnable ended) {
        Held held = new Held(subject, resource, level, welcome, ended);
        holds.add(held); // before it is decided about: whatever is taken away after that finds it
        try {
            library.requireLevel(subject, resource, level);
        } catch (ProblemException refused) {
            held.close();
            throw refused;
        }
        return held;
    }

    /** How many are looked after. */
    int count() {
        return holds.size();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(GrantsChanged change) {
        lookSoon();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(GroupMembersChanged change) {
        lookSoon();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AccountDisabled disabled) {
        lookSoon();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(RoleChanged changed) {
        lookSoon();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AccessEnded ended) {
        lookSoon();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ResourceDeleted deleted) {
        lookSoon();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ResourceMoved moved) {
        lookSoon();
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "hubmesh-watch");
            daemon.setDaemon(true);
            return daemon;
        });
        started.scheduleWithFixedDelay(this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        thread = started;
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService running = thread;
        thread = null;
        if (running != null) {
            running.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Many changes at once are looked at once. */
    private void lookSoon() {
        ScheduledExecutorService running = thread;
        if (running == null || holds.isEmpty() || asked.getAndSet(true)) {
            return;
        }
        try {
            running.execute(this::look);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The hub stops, and what is under way with it");
        }
    }

    private void look() {
        asked.set(false);
        holds.forEach(held -> {
            try {
                held.look();
            } catch (RuntimeException failed) {
                LOG.error(
                        "Something that was under way could not be looked at and goes on until the next look", failed);
            }
        });
    }

    private final class Held implements Hold {

        private final Subject subject;
        private final ResourceId resource;
        private final Level level;
        private final BooleanSupplier welcome;
        private final Runnable ended;
        private volatile boolean stands = true;

        Held(Subject subject, ResourceId resource, Level level, BooleanSupplier welcome, Runnable ended) {
            this.subject = subject;
            this.resource = resource;
            this.level = level;
            this.welcome = welcome;
            this.ended = ended;
        }

        @Override
        public boolean stands() {
            return stands;
        }

        @Override
        public void close() {
            holds.remove(this);
        }

        void look() {
            if (!mayGoOn() && holds.remove(this)) {
                stands = false;
                ended.run();
            }
        }

        private boolean mayGoOn() {
            try {
                return welcome.getAsBoolean()
                        && library.decide(subject, level, resource).allowed();
            } catch (ProblemException gone) {
                return false;
            }
        }
    }
}
