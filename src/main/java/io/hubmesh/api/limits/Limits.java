package io.hubmesh.api.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.web.Rate;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What each account has left of what it may ask: one bucket an account and class, filled evenly, full after a minute. */
class Limits {

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Bounds the memory, of about 300 bytes each; a bucket that is forgotten begins full. */
    private static final int MOST_BUCKETS = 20_000;

    private final LimitSettings settings;
    private final TimeMeter time;
    private final Cache<Key, Bucket> buckets;

    Limits(LimitSettings settings, Clock clock) {
        this.settings = settings;
        this.time = new ClockTime(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(WINDOW.multipliedBy(2)) // full again, so that nothing is lost
                .ticker(time::currentTimeNanos)
                .build();
    }

    private record Key(AccountId account, Rate rate) {}

    /**
     * @param quota requests in a window
     * @param left of them
     * @param full until all of them are there again
     * @param next until the next one is let through; zero when this one was
     */
    record Verdict(boolean allowed, long quota, long left, Duration full, Duration next) {}

    /** Counts a request. */
    Verdict take(AccountId account, Rate rate) {
        int quota = rate == Rate.EXPENSIVE ? settings.expensivePerMinute() : settings.requestsPerMinute();
        ConsumptionProbe probe =
                buckets.get(new Key(account, rate), absent -> bucket(quota)).tryConsumeAndReturnRemaining(1);
        return new Verdict(
                probe.isConsumed(),
                quota,
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(int quota) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(quota).refillGreedy(quota, WINDOW))
                .withCustomTimePrecision(time)
                .build();
    }

    private record ClockTime(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
