package io.hubmesh.accounts;

import io.hubmesh.accounts.events.AccountDisabled;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.Remembered;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Accounts and tokens that were asked for lately: thousands of open sockets rest on them, and each is looked after all the time. */
@Component
public class Known {

    /** Accounts, and as many tokens, each of about 500 bytes. */
    private static final int MOST = 20_000;

    /** Whatever takes an account or a token away is heard of; this bounds what else may have changed the tables. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Accounts accounts;
    private final AccessTokens tokens;
    private final Remembered<AccountId, Account> found;
    private final Remembered<String, SignedIn> recognised;

    Known(Accounts accounts, AccessTokens tokens, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.found = new Remembered<>(MOST, KEPT, clock);
        this.recognised = new Remembered<>(MOST, KEPT, clock);
    }

    /** Some token is no longer to be recognised. */
    record TokenRevoked() {}

    Optional<Account> account(AccountId id) {
        return found.find(id, accounts::find);
    }

    /** Whom a token's secret speaks for; nobody when it is unknown, revoked, or its owner is disabled. */
    public Optional<SignedIn> recognise(String secret) {
        return secret.startsWith(AccessTokens.PREFIX)
                ? recognised.find(AccessTokens.hash(secret), tokens::recognise)
                : Optional.empty();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AccountDisabled disabled) {
        found.forget();
        recognised.forget();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(TokenRevoked revoked) {
        recognised.forget();
    }
}
