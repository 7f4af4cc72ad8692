package io.hubmesh.accounts.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How often somebody may guess a password. A few failures are free; from then on each makes the next attempt wait for twice as long. What
 * counts is a name together with the network, and the network alone, never a name alone: so nobody can lock another person out from
 * elsewhere. A browser that has signed in to the account before counts by itself, so that nobody in the same network can either (OWASP's
 * device cookie). Successes cost nothing: a school behind one address signs in as it likes.
 */
class SignInAttempts {

    /**
     * How much is borne.
     *
     * @param free failures before anybody waits
     * @param first what the first one beyond costs; each further one twice as much
     * @param longest what it never costs more than
     * @param forgiven how long it takes until one failure is forgotten
     */
    private record Bound(int free, Duration first, Duration longest, Duration forgiven) {

        Duration delay(double failures) {
            double beyond = Math.ceil(failures) - free;
            return beyond < 0 ? Duration.ZERO : shorter(first.toMillis() * Math.pow(2, beyond));
        }

        private Duration shorter(double millis) {
            return millis >= longest.toMillis() ? longest : Duration.ofMillis((long) millis);
        }
    }

    /** A person who has forgotten tries a few times; a guesser tries thousands, and comes to some 300 a day. */
    static final int FREE_OF_A_NAME = 5;

    private static final Bound NAME =
            new Bound(FREE_OF_A_NAME, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(15));

    /** Many people may share a network. */
    static final int FREE_OF_A_NETWORK = 100;

    private static final Bound NETWORK =
            new Bound(FREE_OF_A_NETWORK, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** Whoever has the cookie has had the password once. */
    static final int FREE_OF_A_DEVICE = 10;

    private static final Bound DEVICE =
            new Bound(FREE_OF_A_DEVICE, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(15));

    /** Bounds the memory that somebody with many addresses can make the hub spend; the least used are forgotten first. */
    private static final int MOST_REMEMBERED = 50_000;

    private final Cache<String, Failures> failures = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(Duration.ofHours(6))
            .build();
    private final Clock clock;

    SignInAttempts(Clock clock) {
        this.clock = clock;
    }

    /**
     * Somebody who guesses.
     *
     * @param device what names a browser that has signed in to this account before; null for any other
     */
    record Attempt(String name, String network, @Nullable String device) {

        Attempt {
            name = name.strip().toLowerCase(Locale.ROOT);
        }
    }

    private record Failures(double count, Instant at, Instant waitUntil) {

        static final Failures NONE = new Failures(0, Instant.EPOCH, Instant.EPOCH);

        Failures oneMore(Bound bound, Instant now) {
            double left = Math.max(
                    0,
                    count
                            - (double) Duration.between(at, now).toMillis()
                                    / bound.forgiven().toMillis());
            double more = left + 1;
            return new Failures(more, now, now.plus(bound.delay(more)));
        }
    }

    private record Counter(String key, Bound bound) {}

    /**
     * Begins an attempt, which counts as failed until it has {@link #succeeded}, so that many at once are no way around it.
     *
     * @return how long to wait, when it is not let through to the password; zero when it is
     */
    Duration begin(Attempt attempt) {
        Instant now = clock.instant();
        List<Counter> counters = counters(attempt);
        Duration wait = longest(counters, counter -> waitOf(counter, now));
        return wait.isZero() ? longest(counters, counter -> take(counter, now)) : wait;
    }

    /** The one who began it knew the password: the name is free of failures here, and for the network it has not been. */
    void succeeded(Attempt attempt) {
        for (Counter counter : counters(attempt)) {
            if (counter.bound() == NETWORK) {
                failures.asMap().computeIfPresent(counter.key(), (key, known) -> {
                    double count = Math.max(0, known.count() - 1);
                    return new Failures(count, known.at(), known.at().plus(NETWORK.delay(count)));
                });
            } else {
                failures.invalidate(counter.key());
            }
        }
    }

    private static Duration longest(List<Counter> counters, Function<Counter, Duration> wait) {
        return counters.stream().map(wait).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private Duration waitOf(Counter counter, Instant now) {
        Failures known = failures.getIfPresent(counter.key());
        return known == null || !now.isBefore(known.waitUntil())
                ? Duration.ZERO
                : Duration.between(now, known.waitUntil());
    }

    /** Counts one more, unless somebody else has been quicker and it is to wait now. */
    private Duration take(Counter counter, Instant now) {
        AtomicReference<Duration> wait = new AtomicReference<>(Duration.ZERO);
        failures.asMap().compute(counter.key(), (key, known) -> {
            Failures before = known == null ? Failures.NONE : known;
            if (now.isBefore(before.waitUntil())) {
                wait.set(Duration.between(now, before.waitUntil()));
                return before;
            }
            return before.oneMore(counter.bound(), now);
        });
        return wait.get();
    }

    private static List<Counter> counters(Attempt attempt) {
        return attempt.device() == null
                ? List.of(
                        new Counter("name " + attempt.network() + ' ' + attempt.name(), NAME),
                        new Counter("network " + attempt.network(), NETWORK))
                : List.of(new Counter("device " + attempt.device() + ' ' + attempt.name(), DEVICE));
    }
}
