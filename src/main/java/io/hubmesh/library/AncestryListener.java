package io.hubmesh.library;

import io.hubmesh.kernel.ResourceId;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import org.springframework.beans.factory.ObjectProvider;

/** Tells {@link Ancestry} of every row that is written, whoever writes it. Rows that are changed by a query of their own are told of there. */
class AncestryListener {

    private final ObjectProvider<Ancestry> ancestry;

    AncestryListener(ObjectProvider<Ancestry> ancestry) {
        this.ancestry = ancestry;
    }

    @PostPersist
    @PostUpdate
    @PostRemove
    void written(ResourceRow row) {
        ancestry.getObject().changing(new ResourceId(row.getId()));
    }
}
