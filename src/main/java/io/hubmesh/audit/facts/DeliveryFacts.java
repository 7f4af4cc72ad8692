package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.delivery.events.DeliveryListener;
import io.hubmesh.delivery.events.EgressCapsChanged;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who had which file from the hub, and who limited that. No download waits for the database: they go on at their pace. */
@Component
class DeliveryFacts implements DeliveryListener {

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

    /** Most are one more answer of an access that is known: they come by thousands a second, and no entry is made for them. */
    @Override
    public void delivered(HubDelivered delivered) {
        if (journal.again(kind(delivered, Circumstances.address()), delivered.bytes())) {
            return;
        }
        Entry entry = journal.entry(Action.DOWNLOAD_BEGUN, Thing.resource(delivered.resource(), null))
                .by(Actor.of(delivered.account()))
                .saying("bytes", delivered.bytes())
                .saying("part", delivered.whole() ? "all" : "part");
        journal.soonOnce(
                kind(delivered, entry.address()), ONE_ACCESS, entry, Action.DOWNLOAD_WENT_ON, delivered.bytes());
    }

    /** Recorded when it began. */
    @Override
    public void sent(HubSent sent) {}

    private static Repeats.Kind kind(HubDelivered delivered, @Nullable String address) {
        return new Repeats.Kind(
                Action.DOWNLOAD_BEGUN,
                delivered.account().toString(),
                address,
                delivered.resource().toString());
    }
}
