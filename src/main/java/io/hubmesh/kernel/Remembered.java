package io.hubmesh.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Answers of the tables that hold until what they rest on changes, which whatever changes it tells by {@link #forget} right after its commit, or by
 * {@link #changing} before it; and for a time at most, in case something else has changed the tables. Only a yes is kept: who was refused is asked
 * about again. An answer that was being looked for while something changed is not kept.
 */
public final class Remembered<K, V> {

    /** A key is forgotten together with the few that share its counter. A power of two. */
    private static final int COUNTERS = 4096;

    private record Kept<V>(V answer, long forgotten) {}

    private final Cache<K, Kept<V>> answers;

    /** How often everything has been forgotten, and how often each part: an answer holds while the sum is what it was before the question. */
    private final AtomicLong forgotten = new AtomicLong();

    private final AtomicLongArray forgottenParts = new AtomicLongArray(COUNTERS);

    /**
     * @param most answers that are kept; the least used go first
     * @param kept how long an answer holds at most
     */
    public Remembered(int most, Duration kept, Clock clock) {
        this(most, answer -> 1, kept, clock);
    }

    /**
     * @param most what the kept answers weigh together; the least used go first
     * @param weight of one answer
     * @param kept how long an answer holds at most
     */
    public Remembered(long most, ToIntFunction<V> weight, Duration kept, Clock clock) {
        this.answers = Caffeine.newBuilder()
                .maximumWeight(most)
                .weigher((K key, Kept<V> each) -> weight.applyAsInt(each.answer()))
                .expireAfterWrite(kept)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** What is remembered, else what {@code ask} answers. */
    public Optional<V> find(K key, Function<K, Optional<V>> ask) {
        if (TransactionSynchronizationManager.hasResource(this)) {
            return ask.apply(key); // this transaction sees what nobody else does yet
        }
        long before = forgotten(key);
        Kept<V> kept = answers.getIfPresent(key);
        if (kept != null && kept.forgotten() == before) {
            return Optional.of(kept.answer());
        }
        Optional<V> answer = ask.apply(key);
        answer.ifPresent(found -> answers.put(key, new Kept<>(found, before)));
        return answer;
    }

    /** From now on everything is asked for again. */
    public void forget() {
        forgotten.incrementAndGet();
    }

    /** From now on this is asked for again. */
    public void forget(K key) {
        forgottenParts.incrementAndGet(part(key));
        answers.invalidate(key);
    }

    /**
     * The running transaction changes what this answer rests on: until its end its own thread asks for everything again, and as soon as it is
     * committed, before anybody else hears of it, everybody does for this. Without a transaction, from now on.
     */
    public void changing(K key) {
        changing(key, () -> {});
    }

    /**
     * As {@link #changing(Object)}; and the thread that has committed asks at once, as anybody might, so that mostly nobody else has to.
     *
     * @param ask as for {@link #find}
     */
    public void changing(K key, Function<K, Optional<V>> ask) {
        changing(key, () -> find(key, ask));
    }

    private void changing(K key, Runnable whenCommitted) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            forget(key);
            return;
        }
        @SuppressWarnings("unchecked") // only this class binds something to this
        Changes<K> running = (Changes<K>) TransactionSynchronizationManager.getResource(this);
        if (running == null) {
            running = new Changes<>(this);
            TransactionSynchronizationManager.bindResource(this, running);
            TransactionSynchronizationManager.registerSynchronization(running);
        }
        running.keys.put(key, whenCommitted);
    }

    /** About how many answers are kept. */
    public long size() {
        return answers.estimatedSize();
    }

    private long forgotten(K key) {
        return forgotten.get() + forgottenParts.get(part(key));
    }

    private int part(K key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (COUNTERS - 1);
    }

    /** What one transaction changes. */
    private static final class Changes<K> implements TransactionSynchronization {

        private final Remembered<K, ?> remembered;

        /** And what is done about each after the commit. */
        private final Map<K, Runnable> keys = new HashMap<>();

        Changes(Remembered<K, ?> remembered) {
            this.remembered = remembered;
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(remembered);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(remembered, this);
        }

        @Override
        public void afterCommit() {
            keys.keySet().forEach(remembered::forget);
        }

        /** Once more, for an end of which nobody knows whether it was a commit. */
        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(remembered);
            keys.keySet().forEach(remembered::forget);
            if (status == STATUS_COMMITTED) {
                keys.values().forEach(Runnable::run);
            }
        }
    }
}
