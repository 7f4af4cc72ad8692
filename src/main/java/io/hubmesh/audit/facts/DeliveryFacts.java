package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.delivery.events.EgressCapsChanged;
import io.hubmesh.delivery.events.HubDelivered;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who had which file from the hub, and who limited that. No download waits for the database: they go on at their pace. */
@Component
class DeliveryFacts {

    /** Ranges of one download, and reading the same file again, are one access: its first answer and the sum of the others. */
    static final Duration ONE_ACCESS = Duration.ofMinutes(10);

    private final Journal journal;

    DeliveryFacts(Journal journal) {
        this.journal = journal;
    }

    @EventListener
    void on(EgressCapsChanged changed) {
        journal.now(journal.entry(Action.SETTINGS_CHANGED, Thing.of(Thing.Kind.SETTINGS, "egress"))
                .saying("hub", AccountFacts.limit(changed.hub()))
                .saying("account", AccountFacts.limit(changed.account())));
    }

    @EventListener
    void on(HubDelivered delivered) {
        Entry entry = journal.entry(Action.DOWNLOAD_BEGUN, Thing.resource(delivered.resource(), null))
                .by(Actor.of(delivered.account()))
                .saying("bytes", delivered.bytes())
                .saying("part", delivered.whole() ? "all" : "part");
        Repeats.Kind kind = new Repeats.Kind(
                Action.DOWNLOAD_BEGUN,
                delivered.account().toString(),
                entry.address(),
                delivered.resource().toString());
        journal.soonOnce(kind, ONE_ACCESS, entry, Action.DOWNLOAD_WENT_ON, delivered.bytes());
    }
}
