package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A transfer that is over, as it is kept. */
@Entity
@Table(name = "transfers")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class TransferRow {

    @Id
    private UUID id;

    private String transfer;
    private UUID accountId;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "varchar(16)")
    private Transfer.Model model;

    private UUID resourceId;
    private String contentId;
    private String name;
    private long sizeBytes;
    private long held;
    private long fromHub;
    private long fromPeers;
    private long relayed;
    private long wasted;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "varchar(16)")
    private Transfer.State state;

    private Instant startedAt;
    private Instant updatedAt;
    private @Nullable Long firstByteMillis;
    private @Nullable Long durationMillis;
    private @Nullable String discrepancy;

    protected TransferRow() {}

    TransferRow(Transfer over) {
        this.id = over.key().row();
        this.transfer = over.key().transfer();
        this.accountId = over.key().account().value();
        this.model = over.model();
        this.resourceId = over.resource().value();
        this.contentId = over.content().hex();
        this.name = over.name();
        this.sizeBytes = over.size();
        this.held = over.held();
        this.fromHub = over.fromHub();
        this.fromPeers = over.fromPeers();
        this.relayed = over.relayed();
        this.wasted = over.wasted();
        this.state = over.state();
        this.startedAt = over.startedAt();
        this.updatedAt = over.updatedAt();
        this.firstByteMillis = millis(over.firstByte());
        this.durationMillis = millis(over.duration());
        this.discrepancy = over.discrepancy();
    }

    Transfer toTransfer() {
        return new Transfer(
                new Transfer.Key(new AccountId(accountId), transfer),
                model,
                new ResourceId(resourceId),
                new ContentId(contentId),
                name,
                sizeBytes,
                held,
                fromHub,
                fromPeers,
                relayed,
                wasted,
                state,
                startedAt,
                updatedAt,
                duration(firstByteMillis),
                duration(durationMillis),
                discrepancy);
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable Duration duration(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
