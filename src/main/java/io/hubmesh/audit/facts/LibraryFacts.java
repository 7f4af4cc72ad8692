package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.library.Resource;
import io.hubmesh.library.events.LibrarySettingsChanged;
import io.hubmesh.library.events.PeerDeliveryChanged;
import io.hubmesh.library.events.ResourceChanged;
import io.hubmesh.library.events.ResourceDeleted;
import io.hubmesh.library.events.ResourceRemoved;
import io.hubmesh.library.events.VersionsRemoved;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    void on(ResourceChanged changed) {
        Action action =
                switch (changed.deed()) {
                    case CREATED -> Action.RESOURCE_ADDED;
                    case RENAMED -> Action.RESOURCE_RENAMED;
                    case MOVED -> Action.RESOURCE_MOVED;
                    case REPLACED -> Action.CONTENT_REPLACED;
                    case RESTORED -> Action.RESOURCE_RESTORED;
                    case PEER_DELIVERY -> null; // told with what it was switched to
                };
        if (action != null) {
            boolean another = !changed.name().equals(changed.before());
            journal.now(journal.entry(action, Thing.resource(changed.resource(), changed.name()))
                    .saying("before", another ? changed.before() : null)
                    .saying("bytes", bytes(changed)));
        }
    }

    private static @Nullable Long bytes(ResourceChanged changed) {
        boolean brought = changed.deed() == Resource.Deed.CREATED || changed.deed() == Resource.Deed.REPLACED;
        return brought ? changed.size() : null;
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(ResourceRemoved removed) {
        journal.now(journal.entry(Action.RESOURCE_REMOVED, Thing.resource(removed.resource(), removed.name())));
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(VersionsRemoved removed) {
        String numbers = removed.numbers().stream().map(String::valueOf).collect(Collectors.joining(", "));
        Entry entry = journal.entry(Action.VERSIONS_REMOVED, Thing.resource(removed.resource(), null))
                .saying("versions", numbers);
        journal.now(removed.byPolicy() ? entry.by(Actor.HUB) : entry);
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT, fallbackExecution = true)
    void on(LibrarySettingsChanged changed) {
        journal.now(journal.entry(Action.SETTINGS_CHANGED, Thing.of(Thing.Kind.SETTINGS, "library"))
                .saying("versionsKept", changed.versionsKept())
                .saying("versionDays", changed.versionDays())
                .saying("trashDays", changed.trashDays()));
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
