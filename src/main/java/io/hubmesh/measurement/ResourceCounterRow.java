package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A resource's counters as they are kept. */
@Entity
@Table(name = "resource_counters")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class ResourceCounterRow {

    @Id
    private UUID resourceId;

    private long hubBytes;
    private long hubDownloads;
    private long leaseBytes;
    private long peerBytes;
    private long savedBytes;
    private long relayedBytes;
    private long wastedBytes;
    private long meshDownloads;
    private Instant changedAt;

    protected ResourceCounterRow() {}

    ResourceCounterRow(ResourceId resource, Counters counters) {
        this.resourceId = resource.value();
        this.hubBytes = counters.hubBytes();
        this.hubDownloads = counters.hubDownloads();
        this.leaseBytes = counters.leaseBytes();
        this.peerBytes = counters.peerBytes();
        this.savedBytes = counters.savedBytes();
        this.relayedBytes = counters.relayedBytes();
        this.wastedBytes = counters.wastedBytes();
        this.meshDownloads = counters.meshDownloads();
        this.changedAt = counters.changedAt();
    }

    ResourceId resource() {
        return new ResourceId(resourceId);
    }

    Counters toCounters() {
        return new Counters(
                hubBytes,
                hubDownloads,
                leaseBytes,
                peerBytes,
                savedBytes,
                relayedBytes,
                wastedBytes,
                meshDownloads,
                changedAt);
    }
}
