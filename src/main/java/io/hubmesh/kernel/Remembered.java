package io.hubmesh.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Answers of the tables that hold until {@link #forget} is called, which whatever changes them does right after its commit; and for a
 * time at most, in case something else has changed them. Only a yes is kept: who was refused is asked about again. An answer that was
 * being looked for while something changed is not kept.
 */
public final class Remembered<K, V> {

    private record Kept<V>(V answer, long forgotten) {}

    private final Cache<K, Kept<V>> answers;

    /** How often everything has been forgotten: an answer holds while this is what it was before the question. */
    private final AtomicLong forgotten = new AtomicLong();

    /**
     * @param most answers that are kept; the least used go first
     * @param kept how long an answer holds at most
     */
    public Remembered(int most, Duration kept, Clock clock) {
        this.answers = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(kept)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** What is remembered, else what {@code ask} answers. */
    public Optional<V> find(K key, Function<K, Optional<V>> ask) {
        long before = forgotten.get();
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
}
