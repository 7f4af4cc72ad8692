package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.events.ResourceMoved;
import io.hubmesh.permissions.Chain;
import io.hubmesh.permissions.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Other places for files and whole folders, and copies of them. A copy costs no bytes: it holds the same contents. */
@Service
@Transactional
public class Moving {

    /** Files and folders that one copy may make. */
    public static final int MOST_COPIED = 10_000;

    private final Library library;
    private final Tree tree;
    private final ResourceRows rows;
    private final Usage usage;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Moving(Library library, Tree tree, ResourceRows rows, Usage usage, ApplicationEventPublisher events, Clock clock) {
        this.library = library;
        this.tree = tree;
        this.rows = rows;
        this.usage = usage;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Puts a file, or a folder with all below it, into another folder. The subject needs WRITE on both. What it was granted
     * itself goes with it; what it inherited does not.
     *
     * @param name another name, or null for the one it has
     * @throws ProblemException root-is-fixed, precondition-failed, name-taken, invalid-name; invalid-value when it would stand
     *     below itself or too deep; and as {@link Library#requireFolder}
     */
    public Resource move(
            Subject subject, ResourceId id, Expected expected, ResourceId to, @Nullable String name, Clash clash) {
        Resource before = library.require(subject, id, Level.WRITE);
        library.requireFolder(subject, to, Level.WRITE);
        rows.lockTop(ResourceId.ROOT.value()); // two moves at once could put two folders into each other
        ResourceRow row = tree.changeable(id, expected);
        Chain target = library.writtenChain(to);
        requireOutside(id, target);
        tree.requireDepth(target, id);
        ResourceName wanted = ResourceName.of(name == null ? before.name() : name);
        ResourceName own = ResourceName.of(before.name());
        boolean stays = to.equals(before.parent()) && own.key().equals(wanted.key());
        ResourceName free = stays ? wanted : free(to, wanted, clash);
        row.put(to, free);
        Resource moved = tree.save(row, free, subject, Resource.Deed.MOVED).toResource();
        events.publishEvent(new ResourceMoved(id, tree.contents(id)));
        return moved;
    }

    /**
     * Makes a copy of a file, or of a folder with all below it, without grants and earlier versions. The subject needs READ
     * on it and WRITE where the copy goes.
     *
     * @param name another name, or null for the same
     * @throws ProblemException root-is-fixed, name-taken, invalid-name, quota-exceeded; invalid-value when the copy would stand below the
     *     original or too deep; too-large when there are more than {@link #MOST_COPIED}
     */
    public Resource copy(Subject subject, ResourceId id, ResourceId to, @Nullable String name, Clash clash) {
        Resource original = library.require(subject, id, Level.READ);
        library.requireFolder(subject, to, Level.WRITE);
        ResourceRow row = tree.changeable(id, Expected.ANY);
        Chain target = library.chain(to);
        requireOutside(id, target);
        tree.requireDepth(target, id);
        ResourceName free = free(to, ResourceName.of(name == null ? original.name() : name), clash);
        usage.oneAtATime(subject.accountId());
        Instant now = clock.instant();
        ResourceRow top = tree.add(row.copy(to, free, subject.accountId(), now), free);
        copyBelow(subject, row, top, now);
        rows.flush();
        usage.requireRoom(subject.accountId(), 0, 0); // with the copies, which the account has made
        return top.toResource();
    }

    private void copyBelow(Subject subject, ResourceRow original, ResourceRow top, Instant now) {
        record Pair(ResourceRow original, ResourceRow copy) {}
        Deque<Pair> folders = new ArrayDeque<>();
        folders.add(new Pair(original, top));
        int copied = 1;
        while (!folders.isEmpty()) {
            Pair folder = folders.poll();
            for (ResourceRow child : rows.findFirstByParent(folder.original().getId(), MOST_COPIED + 1)) {
                if (++copied > MOST_COPIED) {
                    throw new ProblemException(
                            ProblemCode.TOO_LARGE,
                            "A copy can have at most " + MOST_COPIED + " files and folders. Copy parts of it.");
                }
                ResourceRow copy = rows.save(child.copy(
                        new ResourceId(folder.copy().getId()),
                        ResourceName.of(child.toResource().name()),
                        subject.accountId(),
                        now));
                if (copy.toResource().isFolder()) {
                    folders.add(new Pair(child, copy));
                }
            }
        }
    }

    private ResourceName free(ResourceId folder, ResourceName wanted, Clash clash) {
        if (clash == Clash.RENAME) {
            return tree.freeName(folder, wanted);
        }
        tree.requireFree(folder, wanted);
        return wanted;
    }

    private static void requireOutside(ResourceId id, Chain target) {
        if (target.ids().contains(id)) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "A folder cannot stand in itself, or in a folder below it.");
        }
    }
}
