package io.hubmesh.library;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.events.ResourceDeleted;
import io.hubmesh.library.events.ResourceMoved;
import io.hubmesh.permissions.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What was deleted, until it is restored or gone for good. Nothing in it exists for anybody else: whoever may write where it
 * was sees it here, and nowhere else.
 */
@Service
@Transactional
public class Trash {

    /** Entries that one request looks through at most; those that the subject may not see are left out. */
    private static final int MOST_EXAMINED = 2000;

    private final Library library;
    private final Tree tree;
    private final TrashRows rows;
    private final Removal removal;
    private final Accounts accounts;
    private final SealedCursors cursors;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Trash(
            Library library,
            Tree tree,
            TrashRows rows,
            Removal removal,
            Accounts accounts,
            SealedCursors cursors,
            ApplicationEventPublisher events,
            Clock clock) {
        this.library = library;
        this.tree = tree;
        this.rows = rows;
        this.removal = removal;
        this.accounts = accounts;
        this.cursors = cursors;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Something in the trash.
     *
     * @param place the folder that it was in, or the nearest one above that is still there: where it would be restored to
     * @param placeIsGone whether the folder that it was in is not there any more
     * @param manageable whether the subject may remove it for good
     */
    public record Item(
            Resource resource, Resource place, boolean placeIsGone, String by, Instant at, boolean manageable) {}

    /** @param next the cursor of the part behind it; null when there is none */
    public record Part(List<Item> items, @Nullable String next) {}

    /**
     * Puts a file, or a folder with all below it, into the trash. The subject needs WRITE.
     *
     * @throws ProblemException root-is-fixed, precondition-failed, and as {@link Library#require}
     */
    public void delete(Subject subject, ResourceId id, Expected expected) {
        library.require(subject, id, Level.WRITE);
        ResourceRow row = tree.changeable(id, expected);
        List<ResourceId> chain = library.chain(id).ids();
        row.hide(Library.TRASH);
        tree.save(row);
        rows.add(new TrashRows.Entry(id, chain.subList(1, chain.size()), subject.accountId(), clock.instant()));
        events.publishEvent(new ResourceDeleted(id, tree.contents(id)));
    }

    /** What the subject may restore, the newest first. Bounded work: a part may be short and still not the last. */
    @Transactional(readOnly = true)
    public Part list(Subject subject, @Nullable String cursor, int limit) {
        int wanted = Math.max(1, Math.min(limit, ResourcePage.MOST));
        Map<ResourceId, Optional<Place>> places = new HashMap<>();
        List<Item> items = new ArrayList<>();
        TrashRows.Entry last = cursor == null ? null : entryOf(cursors.open("trash", cursor));
        for (int examined = 0; examined < MOST_EXAMINED; examined += ResourcePage.MOST) {
            List<TrashRows.Entry> entries = rows.newest(last, ResourcePage.MOST);
            for (TrashRows.Entry entry : entries) {
                if (items.size() == wanted) {
                    return new Part(items, cursorOf(last));
                }
                last = entry;
                places.computeIfAbsent(entry.ancestors().get(0), place -> placeOf(subject, entry))
                        .ifPresent(place -> items.add(item(entry, place)));
            }
            if (entries.size() < ResourcePage.MOST) {
                return new Part(items, null);
            }
        }
        return new Part(items, cursorOf(last));
    }

    /**
     * Puts it back: where it was, or where the nearest folder above is still there, or where the subject says. Under a name
     * that is free. The subject needs WRITE there.
     *
     * @param to null for where it was
     * @throws ProblemException not-found when the subject may not see it in the trash, and as {@link Library#requireFolder}
     */
    public Resource restore(Subject subject, ResourceId id, @Nullable ResourceId to) {
        TrashRows.Entry entry = find(subject, id);
        ResourceId target = to == null
                ? placeOf(subject, entry).orElseThrow(Trash::absent).folder().id()
                : to;
        library.requireFolder(subject, target, Level.WRITE);
        tree.requireDepth(library.chain(target), id);
        ResourceRow row = tree.row(id);
        ResourceName name =
                tree.freeName(target, ResourceName.of(row.toResource().name()));
        row.put(target, name);
        rows.remove(id);
        Resource restored =
                tree.save(row, name, subject, Resource.Deed.RESTORED).toResource();
        events.publishEvent(new ResourceMoved(id, tree.contents(id)));
        return restored;
    }

    /**
     * Removes it for good. The subject needs MANAGE on where it was.
     *
     * @throws ProblemException not-found when the subject may not see it in the trash, forbidden when it may but not MANAGE
     */
    public void remove(Subject subject, ResourceId id) {
        TrashRows.Entry entry = find(subject, id);
        if (placeOf(subject, entry).filter(Place::manageable).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "Only who manages the folder that it was in may remove it for good.");
        }
        removal.remove(id);
    }

    /** Removes everything for good that the subject may, of what {@link #list} shows in its first part. @return how many */
    public int empty(Subject subject) {
        List<Item> doomed = list(subject, null, ResourcePage.MOST).items().stream()
                .filter(Item::manageable)
                .toList();
        doomed.forEach(item -> removal.remove(item.resource().id()));
        return doomed.size();
    }

    /** Where something was, as far as it is still there. */
    private record Place(Resource folder, boolean nearest, boolean manageable) {}

    private TrashRows.Entry find(Subject subject, ResourceId id) {
        return rows.find(id)
                .filter(entry -> placeOf(subject, entry).isPresent())
                .orElseThrow(Trash::absent);
    }

    /** Empty when the subject may not write there. */
    private Optional<Place> placeOf(Subject subject, TrashRows.Entry entry) {
        return entry.ancestors().stream().filter(library::isThere).findFirst().flatMap(folder -> library.levelOf(
                        subject, folder)
                .filter(level -> level.includes(Level.WRITE))
                .map(level -> new Place(
                        library.named(folder), folder.equals(entry.ancestors().get(0)), level.includes(Level.MANAGE))));
    }

    private Item item(TrashRows.Entry entry, Place place) {
        return new Item(
                library.named(entry.id()),
                place.folder(),
                !place.nearest(),
                accounts.find(entry.by()).map(Account::displayName).orElse("somebody"),
                entry.at(),
                place.manageable());
    }

    private String cursorOf(TrashRows.@Nullable Entry entry) {
        return cursors.seal("trash", entry == null ? "" : entry.id() + " " + entry.at());
    }

    private static TrashRows.Entry entryOf(String place) {
        String[] parts = place.split(" ", 2);
        return new TrashRows.Entry(
                ResourceId.of(parts[0]), List.of(), new AccountId(ResourceId.ROOT.value()), Instant.parse(parts[1]));
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND);
    }
}
