package io.hubmesh.accounts;

import io.hubmesh.accounts.events.AccountDisabled;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.Remembered;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Accounts and tokens that were asked for lately: thousands of open sockets rest on them, and each is looked after all the time. */
@Component
class Known {

    /** Accounts, and as many tokens, each of about 500 bytes. */
    private static final int MOST = 20_000;

    /** Whatever takes an account or a token away is heard of; this bounds what else may have changed the tables. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Remembered<AccountId, Account> accounts;
    private final Remembered<String, SignedIn> tokens;

    Known(Clock clock) {
        this.accounts = new Remembered<>(MOST, KEPT, clock);
        this.tokens = new Remembered<>(MOST, KEPT, clock);
    }

    /** Some token is no longer to be recognised. */
    record TokenRevoked() {}

    Optional<Account> account(AccountId id, Function<AccountId, Optional<Account>> ask) {
        return accounts.find(id, ask);
    }

    /** @param hash of the token's secret */
    Optional<SignedIn> token(String hash, Function<String, Optional<SignedIn>> ask) {
        return tokens.find(hash, ask);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AccountDisabled disabled) {
        accounts.forget();
        tokens.forget();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(TokenRevoked revoked) {
        tokens.forget();
    }
}
