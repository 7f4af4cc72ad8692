package io.hubmesh.delivery;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.storage.Blob;
import java.time.Clock;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;

/** One answer that brings bytes of a file, from when it began. */
public final class Delivery {

    private final ApplicationEventPublisher events;
    private final Subject subject;
    private final ResourceId resource;
    private final Blob blob;
    private final Instant startedAt;

    Delivery(ApplicationEventPublisher events, Clock clock, Subject subject, ResourceId resource, Blob blob) {
        this.events = events;
        this.subject = subject;
        this.resource = resource;
        this.blob = blob;
        this.startedAt = clock.instant();
    }

    /** Tells how many bytes of the file go out; see {@code src/docs/decisions} on what that means. */
    public void handedOver(long bytes) {
        events.publishEvent(new HubDelivered(
                subject.accountId(), resource, blob.contentId(), bytes, bytes == blob.size(), startedAt));
    }

    /** Tells that those bytes have gone out, if they are the whole file. */
    public void sent(long bytes) {
        if (bytes == blob.size()) {
            events.publishEvent(new HubSent(subject.accountId(), resource, blob.contentId(), bytes, startedAt));
        }
    }

    /** Both, of an answer that has ended. */
    public void over(long bytes) {
        handedOver(bytes);
        sent(bytes);
    }
}
