package io.hubmesh.audit.facts;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Quota;
import io.hubmesh.accounts.events.AccountCreated;
import io.hubmesh.accounts.events.AccountDisabled;
import io.hubmesh.accounts.events.AccountEnabled;
import io.hubmesh.accounts.events.DisplayNameChanged;
import io.hubmesh.accounts.events.GroupChanged;
import io.hubmesh.accounts.events.PasswordChanged;
import io.hubmesh.accounts.events.QuotaChanged;
import io.hubmesh.accounts.events.RoleChanged;
import io.hubmesh.accounts.events.SessionEnded;
import io.hubmesh.accounts.events.SignInAccepted;
import io.hubmesh.accounts.events.SignInRefused;
import io.hubmesh.accounts.events.SignedOut;
import io.hubmesh.accounts.events.TokenMade;
import io.hubmesh.accounts.events.TokenWithdrawn;
import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.kernel.AccountId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Who came in and went, and what became of accounts. */
@Component
class AccountFacts {

    private final Journal journal;
    private final Refusals refusals;
    private final Accounts accounts;

    AccountFacts(Journal journal, Refusals refusals, Accounts accounts) {
        this.journal = journal;
        this.refusals = refusals;
        this.accounts = accounts;
    }

    @EventListener
    void on(SignInAccepted signedIn) {
        journal.now(own(Action.SIGN_IN, signedIn.account()));
    }

    /** What was typed is told only when it is an account's name: else it may be a password in the wrong field. */
    @EventListener
    void on(SignInRefused refused) {
        Optional<Account> account = accounts.findByName(refused.name());
        Thing thing = account.map(found -> Thing.account(found.id()))
                .orElseGet(() -> Thing.of(Thing.Kind.ACCOUNT, "an unknown name"));
        String why =
                switch (refused.reason()) {
                    case WRONG -> account.isPresent() ? "wrong password" : "unknown name";
                    case DISABLED -> "account disabled";
                    case TOO_MANY -> "too many attempts";
                };
        refusals.add(journal.entry(Action.SIGN_IN, thing).by(Actor.NOBODY), why);
    }

    @EventListener
    void on(SignedOut signedOut) {
        journal.now(own(Action.SIGN_OUT, signedOut.account()));
    }

    @EventListener
    void on(SessionEnded ended) {
        Entry entry = journal.entry(Action.SESSION_ENDED, Thing.account(ended.account()));
        journal.soon(entry.actor().account() == null ? entry.by(Actor.HUB) : entry);
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(TokenMade made) {
        journal.now(journal.entry(Action.TOKEN_MADE, token(made.token().toString(), made.name())));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(TokenWithdrawn withdrawn) {
        Entry entry = journal.entry(
                        Action.TOKEN_WITHDRAWN, token(withdrawn.token().toString(), withdrawn.name()))
                .saying("accountId", withdrawn.account());
        journal.now(entry.saying(
                "account", accounts.find(withdrawn.account()).map(Account::name).orElse(null)));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(AccountCreated created) {
        Thing account = new Thing(Thing.Kind.ACCOUNT, created.account().toString(), created.name());
        journal.now(journal.entry(Action.ACCOUNT_CREATED, account)
                .saying("role", created.role().name()));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(AccountEnabled enabled) {
        journal.now(journal.entry(Action.ACCOUNT_ENABLED, Thing.account(enabled.account())));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(AccountDisabled disabled) {
        journal.now(journal.entry(Action.ACCOUNT_DISABLED, Thing.account(disabled.account())));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(RoleChanged changed) {
        journal.now(journal.entry(Action.ACCOUNT_CHANGED, Thing.account(changed.account()))
                .saying("role", changed.role().name()));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(DisplayNameChanged changed) {
        journal.now(journal.entry(Action.ACCOUNT_CHANGED, Thing.account(changed.account()))
                .saying("before", changed.before())
                .saying("displayName", changed.after()));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(QuotaChanged changed) {
        AccountId account = changed.account();
        Quota quota = changed.quota();
        Entry entry = account == null
                ? journal.entry(Action.SETTINGS_CHANGED, Thing.of(Thing.Kind.SETTINGS, "quotas"))
                : journal.entry(Action.ACCOUNT_CHANGED, Thing.account(account));
        journal.now(
                quota == null
                        ? entry.saying("quota", "as everybody")
                        : entry.saying("storageBytes", limit(quota.storageBytes()))
                                .saying("largestUpload", limit(quota.largestUpload())));
    }

    /** As a record tells a limit that may be missing. */
    static Object limit(@Nullable Long bytes) {
        return bytes == null ? "none" : bytes;
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(PasswordChanged changed) {
        journal.now(journal.entry(Action.PASSWORD_CHANGED, Thing.account(changed.account())));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(GroupChanged changed) {
        Thing group = new Thing(Thing.Kind.GROUP, changed.group().toString(), changed.name());
        Action action =
                switch (changed.change()) {
                    case CREATED -> Action.GROUP_CREATED;
                    case RENAMED -> Action.GROUP_CHANGED;
                    case DELETED -> Action.GROUP_DELETED;
                    case ACCOUNT_ADDED -> Action.MEMBER_ADDED;
                    case ACCOUNT_REMOVED -> Action.MEMBER_REMOVED;
                };
        AccountId account = changed.account();
        Entry entry = journal.entry(action, group).saying("accountId", account);
        journal.now(
                account == null
                        ? entry
                        : entry.saying(
                                "account",
                                accounts.find(account).map(Account::name).orElse(null)));
    }

    /** What an account does with its own session; nobody is signed in any more, or yet, when it is told. */
    private Entry own(Action action, AccountId account) {
        return journal.entry(action, Thing.account(account)).by(Actor.of(account));
    }

    private static Thing token(String id, String name) {
        return new Thing(Thing.Kind.TOKEN, id, name);
    }
}
