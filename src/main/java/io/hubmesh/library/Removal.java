package io.hubmesh.library;

import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.events.ResourceRemoved;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes rows away for good, with their grants and versions. What they held is collected by {@link UnneededContents}. */
@Component
class Removal {

    /** Rows that one statement names. */
    private static final int SLICE = 500;

    private final ResourceRows rows;
    private final TrashRows trash;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Removal(ResourceRows rows, TrashRows trash, ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.rows = rows;
        this.trash = trash;
        this.clock = clock;
    }

    /** A resource that is in the trash, and all below it. */
    @Transactional
    void remove(ResourceId id) {
        rows.findById(id.value())
                .ifPresent(row -> events.publishEvent(
                        new ResourceRemoved(id, row.toResource().name())));
        Deque<List<UUID>> levels = new ArrayDeque<>();
        for (List<UUID> level = List.of(id.value()); !level.isEmpty(); level = below(level)) {
            levels.push(level);
        }
        // children before their parents, which they refer to
        levels.forEach(level -> slices(level).forEach(rows::deleteAllByIdInBatch));
    }

    private List<UUID> below(List<UUID> level) {
        return slices(level).stream()
                .flatMap(slice -> rows.findIdsByParentIdIn(slice).stream())
                .toList();
    }

    /** What has been in the trash for longer, a slice of it. @return how many */
    @Transactional
    int removeOlderThan(Duration age) {
        List<ResourceId> old = trash.before(clock.instant().minus(age), SLICE);
        old.forEach(this::remove);
        return old.size();
    }

    private static List<List<UUID>> slices(List<UUID> ids) {
        return IntStream.iterate(0, from -> from < ids.size(), from -> from + SLICE)
                .mapToObj(from -> ids.subList(from, Math.min(from + SLICE, ids.size())))
                .toList();
    }
}
