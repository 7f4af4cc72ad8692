package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.events.ContentReplaced;
import io.hubmesh.library.events.VersionsRemoved;
import io.hubmesh.permissions.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The versions of a file. The present one is what everybody with READ gets; the earlier ones are for those who may change it,
 * for what was taken out of a file must not be read behind its back.
 */
@Service
@Transactional
public class Versions {

    /** Rows that one transaction removes: some milliseconds. */
    private static final int SLICE = 500;

    private final Library library;
    private final Tree tree;
    private final VersionRows rows;
    private final LibrarySettings settings;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Versions(
            Library library,
            Tree tree,
            VersionRows rows,
            LibrarySettings settings,
            ApplicationEventPublisher events,
            Clock clock) {
        this.library = library;
        this.tree = tree;
        this.rows = rows;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    /** All of them, the present one first. The subject needs WRITE. */
    @Transactional(readOnly = true)
    public List<Resource.FileVersion> of(Subject subject, ResourceId file) {
        Resource resource = library.requireFile(subject, file, Level.WRITE);
        List<Resource.FileVersion> versions = new ArrayList<>(List.of(Objects.requireNonNull(resource.file())));
        versions.addAll(rows.of(file));
        return versions;
    }

    /** The file as it was in that version. The subject needs WRITE. @throws ProblemException not-found besides */
    @Transactional(readOnly = true)
    public Resource one(Subject subject, ResourceId file, int number) {
        Resource resource = library.requireFile(subject, file, Level.WRITE);
        if (Objects.requireNonNull(resource.file()).number() == number) {
            return resource;
        }
        Resource.FileVersion earlier = earlier(file, number);
        return new Resource(
                file,
                resource.parent(),
                resource.name(),
                earlier,
                resource.peerDelivery(),
                resource.lastChange(),
                resource.revision());
    }

    /**
     * Makes an earlier version the newest. The one that was present, and the one that it is made from, stay.
     *
     * @throws ProblemException not-found, precondition-failed, and as {@link Library#requireFile}
     */
    public Resource restore(Subject subject, ResourceId file, Expected expected, int number) {
        library.requireFile(subject, file, Level.WRITE);
        return replace(subject, file, expected, earlier(file, number));
    }

    /** Removes an earlier version for good. The subject needs MANAGE. @throws ProblemException not-found besides */
    public void remove(Subject subject, ResourceId file, int number) {
        library.requireFile(subject, file, Level.MANAGE);
        if (!rows.remove(file, number)) {
            throw absent();
        }
        events.publishEvent(new VersionsRemoved(file, List.of(number), false));
    }

    /**
     * Puts another content in the place of a file's present one. For this room, which has asked already.
     *
     * @throws ProblemException precondition-failed
     */
    Resource replace(Subject subject, ResourceId file, Expected expected, Resource.FileVersion content) {
        ResourceRow row = tree.changeable(file, expected);
        Resource.FileVersion before = Objects.requireNonNull(row.toResource().file());
        if (before.contentId().equals(content.contentId())) {
            return row.toResource();
        }
        row.hold(content.numbered(before.number() + 1, subject.accountId(), clock.instant()));
        Resource after = tree.save(row, ResourceName.of(row.toResource().name()), subject, Resource.Deed.REPLACED)
                .toResource();
        rows.add(file, before);
        int kept = settings.now().versionsKept();
        if (kept > 0) {
            tellGone(file, rows.removeBefore(file, before.number() + 2 - kept));
        }
        tell(file, before.contentId(), content);
        return after;
    }

    /** Removes what was made before a moment, a slice of it. @return how many */
    int removeOlder(Instant moment) {
        Map<ResourceId, List<Integer>> removed = rows.removeOlder(moment, SLICE);
        removed.forEach(this::tellGone);
        return removed.values().stream().mapToInt(List::size).sum();
    }

    private void tellGone(ResourceId file, List<Integer> numbers) {
        if (!numbers.isEmpty()) {
            events.publishEvent(new VersionsRemoved(file, numbers, true));
        }
    }

    private void tell(ResourceId file, ContentId before, Resource.FileVersion after) {
        events.publishEvent(new ContentReplaced(file, before, after.contentId(), after.size()));
    }

    private Resource.FileVersion earlier(ResourceId file, int number) {
        return rows.find(file, number).orElseThrow(Versions::absent);
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "The file has no such version, or it is kept no more.");
    }
}
