package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.permissions.events.GrantGiven;
import io.hubmesh.permissions.events.GrantWithdrawn;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Who was given what, and by whom. */
@Component
class GrantFacts {

    private final Journal journal;
    private final Names names;

    GrantFacts(Journal journal, Names names) {
        this.journal = journal;
        this.names = names;
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(GrantGiven given) {
        journal.now(holder(journal.entry(Action.GRANT_GIVEN, Thing.resource(given.resource(), null)), given.account())
                .saying("level", given.level())
                .saying("before", given.before()));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(GrantWithdrawn withdrawn) {
        Thing resource = Thing.resource(withdrawn.resource(), null);
        journal.now(holder(journal.entry(Action.GRANT_WITHDRAWN, resource), withdrawn.account())
                .saying("level", withdrawn.level()));
    }

    private Entry holder(Entry entry, AccountId account) {
        return entry.saying("accountId", account)
                .saying("account", names.account(account).orElse(null));
    }
}
