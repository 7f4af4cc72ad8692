package io.hubmesh.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.Remembered;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Accounts and tokens that were asked for lately: thousands of open sockets rest on them, and each is looked after all the time. */
@Component
public class Known {

    /** Accounts, and as many tokens, each of about 500 bytes. */
    private static final int MOST = 20_000;

    /** Whatever takes an account or a token away is heard of; this bounds what else may have changed the tables. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    /** A busy token costs the database one write in this time. */
    private static final Duration USE_IS_NOTED = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final AccessTokens tokens;
    private final Remembered<AccountId, Account> found;
    private final Remembered<String, Recognised> recognised;
    private final Cache<UUID, Instant> used;
    private final Clock clock;

    Known(Accounts accounts, AccessTokens tokens, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.found = new Remembered<>(MOST, KEPT, clock);
        this.recognised = new Remembered<>(MOST, KEPT, clock);
        this.clock = clock;
        this.used = Caffeine.newBuilder().maximumSize(MOST).build();
    }

    /** Something about an account or a token is no longer what it was. */
    record Outdated() {}

    /** As it is now; empty when there is no such account or it is disabled. A look into memory, mostly. */
    public Optional<Account> account(AccountId id) {
        return found.find(id, asked -> accounts.find(asked).filter(Account::enabled));
    }

    /** What a token's secret stands for; nothing when it is unknown, revoked or over, or its owner is disabled. */
    public Optional<Recognised> recognise(String secret) {
        return secret.startsWith(AccessTokens.PREFIX)
                ? recognised
                        .find(AccessTokens.hash(secret), tokens::recognise)
                        .filter(it -> it.standsAt(clock.instant()))
                : Optional.empty();
    }

    /** Notes that a token is being used; writes it down once in a while. */
    public void used(Recognised token) {
        Instant now = clock.instant();
        Instant before = used.getIfPresent(token.token());
        if (before == null || before.plus(USE_IS_NOTED).isBefore(now)) {
            used.put(token.token(), now);
            tokens.used(token.token());
        }
    }

    /** First of all listeners: whoever looks again because of the change is to find it. */
    @TransactionalEventListener(fallbackExecution = true)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(Outdated outdated) {
        found.forget();
        recognised.forget();
    }
}
