package io.hubmesh.library;

import io.hubmesh.kernel.Remembered;
import io.hubmesh.kernel.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Resources as they were committed last, so that a small download costs the database nothing. */
@Component
class KnownResources {

    /** Each of about 700 bytes. */
    private static final int MOST = 20_000;

    /** Every change is heard of; this bounds what else may have changed the table. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final ResourceRows rows;
    private final Remembered<ResourceId, Resource> resources;

    KnownResources(ResourceRows rows, Clock clock) {
        this.rows = rows;
        this.resources = new Remembered<>(MOST, KEPT, clock);
    }

    /** The resource; empty when there is none. Also what is in the trash. */
    Optional<Resource> find(ResourceId id) {
        return resources.find(id, wanted -> rows.findById(wanted.value()).map(ResourceRow::toResource));
    }

    /** The running transaction changes the resource, or removes it. */
    void changing(ResourceId id) {
        resources.changing(id);
    }
}
