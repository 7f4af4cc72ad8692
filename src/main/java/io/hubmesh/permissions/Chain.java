package io.hubmesh.permissions;

import io.hubmesh.kernel.ResourceId;
import java.util.List;

/** A resource and its ancestors: the resource itself first, the top folder last. Never empty. */
public record Chain(List<ResourceId> ids) {

    public Chain {
        ids = List.copyOf(ids);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("a chain holds at least the resource itself");
        }
    }

    public ResourceId resource() {
        return ids.get(0);
    }
}
