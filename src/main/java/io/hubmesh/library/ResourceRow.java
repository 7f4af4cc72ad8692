package io.hubmesh.library;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A folder or a file as it is kept: a file has a content, a folder has none. */
@Entity
@Table(name = "resources")
@EntityListeners(ResourceListener.class)
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class ResourceRow implements Persistable<UUID> {

    @Id
    private UUID id;

    private @Nullable UUID parentId;
    private boolean folder;
    private String name;
    private String nameKey;

    @Transient
    private @Nullable String nameBefore;

    private String sortKey;
    private String searchKey;
    private @Nullable String contentId;
    private @Nullable Long sizeBytes;
    private @Nullable String mediaType;
    private @Nullable String sha256;
    private @Nullable Integer versionNumber;
    private @Nullable UUID versionBy;
    private @Nullable Instant versionAt;
    private boolean peerDelivery;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "varchar(16)")
    private Resource.Deed changedHow;

    private @Nullable UUID changedBy;
    private Instant changedAt;

    @Version
    private long revision;

    @jakarta.persistence.Transient
    private boolean fresh;

    protected ResourceRow() {}

    /** Something new, without peer delivery forbidden. */
    ResourceRow(ResourceId parent, ResourceName name, Resource.@Nullable FileVersion file, AccountId by, Instant now) {
        this.id = UUID.randomUUID();
        this.parentId = parent.value();
        this.folder = file == null;
        this.peerDelivery = true;
        this.fresh = true;
        call(name);
        if (file != null) {
            hold(file);
        }
        changed(Resource.Deed.CREATED, by, now);
    }

    /** The same content elsewhere, as something new. */
    ResourceRow copy(ResourceId folderId, ResourceName freeName, AccountId by, Instant now) {
        Resource.FileVersion file = toResource().file();
        ResourceRow copy =
                new ResourceRow(folderId, freeName, file == null ? null : file.numbered(1, by, now), by, now);
        copy.allowPeerDelivery(peerDelivery);
        return copy;
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

    String searchKey() {
        return searchKey;
    }

    void call(ResourceName newName) {
        this.nameBefore = name;
        this.name = newName.text();
        this.nameKey = newName.key();
        this.sortKey = NameKeys.sortKey(newName.text());
        this.searchKey = NameKeys.searchKey(newName.text());
    }

    /** What it was called before it was called anew since it was read; null when it was not. */
    @Nullable
    String nameBefore() {
        return nameBefore;
    }

    /** Puts it into another folder, under a name that is free there. */
    void put(ResourceId folderId, ResourceName freeName) {
        this.parentId = folderId.value();
        call(freeName);
    }

    /** Puts it into the trash, where names may stand twice. */
    void hide(ResourceId trash) {
        this.parentId = trash.value();
        this.nameKey = id.toString();
    }

    void hold(Resource.FileVersion file) {
        this.contentId = file.contentId().hex();
        this.sizeBytes = file.size();
        this.mediaType = file.mediaType();
        this.sha256 = file.sha256();
        this.versionNumber = file.number();
        this.versionBy = file.by() == null ? null : file.by().value();
        this.versionAt = file.at();
    }

    void allowPeerDelivery(boolean allowed) {
        this.peerDelivery = allowed;
    }

    void changed(Resource.Deed deed, AccountId by, Instant now) {
        this.changedHow = deed;
        this.changedBy = by.value();
        this.changedAt = now;
    }

    Resource toResource() {
        return new Resource(
                new ResourceId(id),
                parentId == null ? null : new ResourceId(parentId),
                name,
                contentId == null ? null : fileVersion(contentId),
                peerDelivery,
                new Resource.Change(changedHow, account(changedBy), changedAt),
                revision);
    }

    private Resource.FileVersion fileVersion(String content) {
        return new Resource.FileVersion(
                Objects.requireNonNull(versionNumber),
                new ContentId(content),
                Objects.requireNonNull(sizeBytes),
                Objects.requireNonNull(mediaType),
                Objects.requireNonNull(sha256),
                account(versionBy),
                Objects.requireNonNull(versionAt));
    }

    private static @Nullable AccountId account(@Nullable UUID id) {
        return id == null ? null : new AccountId(id);
    }
}
