package io.hubmesh.library;

import io.hubmesh.kernel.Remembered;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Chain;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The way from a resource up to the top folder. Each step is remembered by itself, so that resources share what is above them, and a move is told of one
 * step alone.
 */
@Component
class Ancestry {

    /** Steps, each of about 200 bytes. */
    private static final int MOST = 200_000;

    /** Every change is heard of; this bounds what else may have changed the table. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final JdbcClient database;
    private final Remembered<ResourceId, ResourceId> parents;

    Ancestry(JdbcClient database, Clock clock) {
        this.database = database;
        this.parents = new Remembered<>(MOST, KEPT, clock);
    }

    /** The resource and its ancestors; empty when there is no such resource, or it does not hang below the top folder. */
    Optional<Chain> of(ResourceId id) {
        return walk(id, step -> parents.find(step, this::read));
    }

    /**
     * As {@link #of}, past what is remembered: a change is forgotten here a moment after its commit, and who holds a lock that the change held must not
     * meet the old way in that moment.
     */
    Optional<Chain> written(ResourceId id) {
        return walk(id, this::read);
    }

    private static Optional<Chain> walk(ResourceId id, Function<ResourceId, Optional<ResourceId>> parentOf) {
        List<ResourceId> ids = new ArrayList<>();
        ResourceId next = id;
        while (!next.equals(ResourceId.ROOT)) {
            if (ids.size() > Library.DEEPEST) {
                return Optional.empty();
            }
            ids.add(next);
            Optional<ResourceId> parent = parentOf.apply(next);
            if (parent.isEmpty()) {
                return Optional.empty();
            }
            next = parent.get();
        }
        ids.add(ResourceId.ROOT);
        return Optional.of(new Chain(ids));
    }

    /** The running transaction moves the resource, or removes it. */
    void changing(ResourceId id) {
        parents.changing(id);
    }

    /** Empty for what is not there, and for what hangs nowhere. */
    private Optional<ResourceId> read(ResourceId id) {
        return database.sql("select parent_id from resources where id = ? and parent_id is not null")
                .param(id.value())
                .query((row, number) -> new ResourceId(row.getObject(1, UUID.class)))
                .optional();
    }
}
