package io.hubmesh.library;

import io.hubmesh.kernel.ResourceId;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import org.springframework.beans.factory.ObjectProvider;

/** Tells those who remember of every row that is written, whoever writes it: no query changes rows past it. */
class ResourceListener {

    private final ObjectProvider<Ancestry> ancestry;
    private final ObjectProvider<KnownResources> known;

    ResourceListener(ObjectProvider<Ancestry> ancestry, ObjectProvider<KnownResources> known) {
        this.ancestry = ancestry;
        this.known = known;
    }

    @PostPersist
    @PostUpdate
    @PostRemove
    void written(ResourceRow row) {
        ResourceId id = new ResourceId(row.getId());
        ancestry.getObject().changing(id);
        known.getObject().changing(id);
    }
}
