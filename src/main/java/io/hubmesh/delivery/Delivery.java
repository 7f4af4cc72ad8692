package io.hubmesh.delivery;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.DeliveryListener;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.storage.Blob;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One answer that brings bytes of a file, from when it began. */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final List<DeliveryListener> listeners;
    private final Subject subject;
    private final ResourceId resource;
    private final Blob blob;
    private final Instant startedAt;

    Delivery(List<DeliveryListener> listeners, Clock clock, Subject subject, ResourceId resource, Blob blob) {
        this.listeners = listeners;
        this.subject = subject;
        this.resource = resource;
        this.blob = blob;
        this.startedAt = clock.instant();
    }

    /** Tells how many bytes of the file go out; see {@code src/docs/decisions} on what that means. */
    public void handedOver(long bytes) {
        HubDelivered delivered = new HubDelivered(
                subject.accountId(), resource, blob.contentId(), bytes, bytes == blob.size(), startedAt);
        tell(listener -> listener.delivered(delivered));
    }

    /** Tells that those bytes have gone out, if they are the whole file. */
    public void sent(long bytes) {
        if (bytes == blob.size()) {
            HubSent sent = new HubSent(subject.accountId(), resource, blob.contentId(), bytes, startedAt);
            tell(listener -> listener.sent(sent));
        }
    }

    /** Both, of an answer that has ended. */
    public void over(long bytes) {
        handedOver(bytes);
        sent(bytes);
    }

    /** Whoever hears it harms neither the answer nor the others that hear it. */
    private void tell(Consumer<DeliveryListener> fact) {
        for (DeliveryListener listener : listeners) {
            try {
                fact.accept(listener);
            } catch (RuntimeException failed) {
                LOG.error("A delivery could not be taken up", failed);
            }
        }
    }
}
