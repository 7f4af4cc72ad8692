package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.permissions.Grantee;
import io.hubmesh.permissions.events.GrantGiven;
import io.hubmesh.permissions.events.GrantWithdrawn;
import java.util.Optional;
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
        journal.now(holder(journal.entry(Action.GRANT_GIVEN, Thing.resource(given.resource(), null)), given.grantee())
                .saying("level", given.level())
                .saying("before", given.before()));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(GrantWithdrawn withdrawn) {
        Thing resource = Thing.resource(withdrawn.resource(), null);
        journal.now(holder(journal.entry(Action.GRANT_WITHDRAWN, resource), withdrawn.grantee())
                .saying("level", withdrawn.level()));
    }

    private Entry holder(Entry entry, Grantee grantee) {
        Entry told = entry;
        Optional<AccountId> account = grantee.account();
        if (account.isPresent()) {
            told = told.saying("accountId", account.get())
                    .saying("account", names.account(account.get()).orElse(null));
        }
        Optional<GroupId> group = grantee.group();
        if (group.isPresent()) {
            told = told.saying("groupId", group.get())
                    .saying("group", names.group(group.get()).orElse(null));
        }
        return told;
    }
}
