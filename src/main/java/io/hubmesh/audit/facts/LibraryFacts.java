package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Thing;
import io.hubmesh.library.events.PeerDeliveryChanged;
import io.hubmesh.library.events.ResourceDeleted;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** What became of folders and files. */
@Component
class LibraryFacts {

    private final Journal journal;

    LibraryFacts(Journal journal) {
        this.journal = journal;
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(ResourceDeleted deleted) {
        journal.now(journal.entry(Action.RESOURCE_DELETED, Thing.resource(deleted.resource(), null)));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(PeerDeliveryChanged switched) {
        journal.now(journal.entry(Action.PEER_DELIVERY_SWITCHED, Thing.resource(switched.resource(), null))
                .saying("to", switched.allowed() ? "on" : "off"));
    }
}
