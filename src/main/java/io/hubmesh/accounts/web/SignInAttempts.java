package io.hubmesh.accounts.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * How many failed sign-ins are borne. What counts is the address together with the name, so that nobody can lock another
 * person out from elsewhere; and the address alone, so that nobody can try name after name. Successes cost nothing: a
 * school behind one address signs in as it likes.
 */
class SignInAttempts {

    /** A person who has forgotten tries a few times; a guesser tries thousands. */
    static final int FAILURES_OF_A_NAME = 10;

    private static final Duration ONE_MORE_FOR_A_NAME = Duration.ofSeconds(30);

    /** Many people may share an address. */
    static final int FAILURES_OF_AN_ADDRESS = 100;

    private static final Duration ONE_MORE_FOR_AN_ADDRESS = Duration.ofSeconds(3);

    /** Bounds the memory that somebody with many addresses can make the hub spend; the oldest are forgotten first. */
    private static final int MOST_REMEMBERED = 50_000;

    private final Cache<String, Bucket> failures = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(Duration.ofHours(1))
            .build();
    private final TimeMeter time;

    SignInAttempts(Clock clock) {
        this.time = new ClockTime(clock);
    }

    /** Whether another attempt is let through to the password. */
    boolean allowed(String address, String name) {
        return ofName(address, name).getAvailableTokens() > 0
                && ofAddress(address).getAvailableTokens() > 0;
    }

    void failed(String address, String name) {
        ofName(address, name).tryConsume(1);
        ofAddress(address).tryConsume(1);
    }

    private Bucket ofName(String address, String name) {
        String key = address + ' ' + name.strip().toLowerCase(Locale.ROOT);
        return failures.get(key, absent -> bucket(FAILURES_OF_A_NAME, ONE_MORE_FOR_A_NAME));
    }

    private Bucket ofAddress(String address) {
        return failures.get(address, absent -> bucket(FAILURES_OF_AN_ADDRESS, ONE_MORE_FOR_AN_ADDRESS));
    }

    private Bucket bucket(int capacity, Duration oneMore) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(1, oneMore))
                .withCustomTimePrecision(time)
                .build();
    }

    private record ClockTime(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return Duration.ofMillis(clock.millis()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
