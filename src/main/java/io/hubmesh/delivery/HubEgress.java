package io.hubmesh.delivery;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.storage.Blob;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What the hub's own downloads cost it. */
@Component
public class HubEgress {

    private final ApplicationEventPublisher events;
    private final Clock clock;

    HubEgress(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Counts bytes that were handed to the connector; see {@code src/docs/decisions} on what that means. */
    public void handedOver(Subject subject, ResourceId resource, Blob blob, long bytes) {
        events.publishEvent(new HubDelivered(
                subject.accountId(), resource, blob.contentId(), bytes, bytes == blob.size(), clock.instant()));
    }
}
