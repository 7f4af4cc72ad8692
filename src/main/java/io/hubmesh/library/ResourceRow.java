package io.hubmesh.library;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A folder or a file as it is kept: a file has a content, a folder has none. */
@Entity
@Table(name = "resources")
@EntityListeners(AncestryListener.class)
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class ResourceRow implements Persistable<UUID> {

    @Id
    private UUID id;

    private @Nullable UUID parentId;
    private String name;
    private String nameKey;
    private @Nullable String contentId;
    private @Nullable Long sizeBytes;
    private @Nullable String mediaType;
    private @Nullable String sha256;
    private boolean peerDelivery;
    private Instant changedAt;

    @jakarta.persistence.Transient
    private boolean fresh;

    protected ResourceRow() {}

    ResourceRow(ResourceId parent, ResourceName name, Resource.@Nullable FileVersion file, Instant now) {
        this.id = UUID.randomUUID();
        this.parentId = parent.value();
        this.name = name.text();
        this.nameKey = name.key();
        this.peerDelivery = true;
        this.changedAt = now;
        this.fresh = true;
        if (file != null) {
            this.contentId = file.contentId().hex();
            this.sizeBytes = file.size();
            this.mediaType = file.mediaType();
            this.sha256 = file.sha256();
        }
    }

    @Override
    public UUID getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return fresh;
    }

    @Nullable
    UUID parentId() {
        return parentId;
    }

    void rename(ResourceName newName, Instant now) {
        this.name = newName.text();
        this.nameKey = newName.key();
        this.changedAt = now;
    }

    void allowPeerDelivery(boolean allowed) {
        this.peerDelivery = allowed;
    }

    Resource toResource() {
        return new Resource(
                new ResourceId(id),
                parentId == null ? null : new ResourceId(parentId),
                name,
                contentId == null ? null : fileVersion(contentId),
                peerDelivery,
                changedAt);
    }

    private Resource.FileVersion fileVersion(String content) {
        return new Resource.FileVersion(
                new ContentId(content),
                Objects.requireNonNull(sizeBytes),
                Objects.requireNonNull(mediaType),
                Objects.requireNonNull(sha256));
    }
}
