package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.Permissions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What folders hold, a page at a time. A page costs the same wherever in the list it is, and however long that is. */
@Service
@Transactional(readOnly = true)
public class FolderLists {

    private final EntityManager database;
    private final Library library;
    private final Permissions permissions;

    FolderLists(EntityManager database, Library library, Permissions permissions) {
        this.database = database;
        this.library = library;
        this.permissions = permissions;
    }

    /**
     * What a folder holds.
     *
     * @param cursor of the page before, or null for the first
     * @param limit how many at most, within 1 and {@link ResourcePage#MOST}
     * @throws ProblemException invalid-value when the cursor is none of this order, and as {@link Library#requireFolder}
     */
    public ResourcePage children(Subject subject, ResourceId folder, Order order, @Nullable String cursor, int limit) {
        library.requireFolder(subject, folder, Level.READ);
        int wanted = bounded(limit);
        ListPlace behind = cursor == null ? null : ListPlace.of(cursor, order);
        List<Resource> found = new ArrayList<>();
        if (behind == null || behind.folder()) {
            found.addAll(section(folder, order, true, behind, wanted + 1));
        }
        if (found.size() <= wanted) {
            ListPlace behindFile = behind == null || behind.folder() ? null : behind;
            found.addAll(section(folder, order, false, behindFile, wanted + 1 - found.size()));
        }
        return page(subject, folder, found, order, wanted);
    }

    /**
     * Where the subject may start: the top folder's children for whoever reads the top folder, else every resource on
     * which it has a grant and whose parent it cannot read.
     *
     * @throws ProblemException invalid-value when the cursor is none of this order
     */
    public ResourcePage entrances(Subject subject, Order order, @Nullable String cursor, int limit) {
        if (library.decide(subject, Level.READ, ResourceId.ROOT).allowed()) {
            return children(subject, ResourceId.ROOT, order, cursor, limit);
        }
        int wanted = bounded(limit);
        ListPlace behind = cursor == null ? null : ListPlace.of(cursor, order);
        Comparator<Resource> comparator = order.comparator();
        List<Resource> sorted =
                library.grantedTo(subject).stream().sorted(comparator).toList();
        List<Resource> found = sorted.stream()
                .filter(resource -> behind == null || isBehind(resource, behind, order))
                .limit(wanted + 1L)
                .toList();
        return page(subject, null, found, order, wanted);
    }

    private ResourcePage page(
            Subject subject, @Nullable ResourceId folder, List<Resource> found, Order order, int wanted) {
        List<Resource> shown = found.subList(0, Math.min(wanted, found.size()));
        Level inherited =
                folder == null ? Level.READ : library.levelOf(subject, folder).orElse(Level.READ);
        Map<ResourceId, Level> own =
                permissions.given(subject, shown.stream().map(Resource::id).toList());
        List<ResourcePage.Item> items = shown.stream()
                .map(resource ->
                        new ResourcePage.Item(resource, higher(inherited, own.getOrDefault(resource.id(), Level.READ))))
                .toList();
        boolean more = found.size() > wanted;
        return new ResourcePage(
                items, more ? ListPlace.behind(shown.get(wanted - 1), order).cursor() : null);
    }

    /** The folders, or the files, behind a place. */
    private List<Resource> section(
            ResourceId folder, Order order, boolean folders, @Nullable ListPlace behind, int limit) {
        String column = "r." + order.key(folders).column();
        String than = order.descending() ? "<" : ">";
        String way = order.descending() ? " desc" : "";
        // All columns of the index are named in the order, so that every database reads it off the index.
        TypedQuery<ResourceRow> query = database.createQuery(
                "select r from ResourceRow r where r.parentId = :parent and r.folder = :folder"
                        + (behind == null
                                ? ""
                                : " and " + column + " " + than + "= :key and (" + column + " " + than
                                        + " :key or r.id " + than + " :id)")
                        + " order by r.parentId" + way + ", r.folder" + way + ", " + column + way + ", r.id" + way,
                ResourceRow.class);
        query.setParameter("parent", folder.value()).setParameter("folder", folders);
        if (behind != null) {
            query.setParameter("key", behind.key()).setParameter("id", behind.id());
        }
        return query.setMaxResults(limit)
                .getResultStream()
                .map(ResourceRow::toResource)
                .toList();
    }

    private static boolean isBehind(Resource resource, ListPlace place, Order order) {
        if (resource.isFolder() != place.folder()) {
            return place.folder();
        }
        Order.Key key = order.key(place.folder());
        int after = key.compare(key.of(resource), place.key());
        int tie = after != 0
                ? after
                : resource.id().toString().compareTo(place.id().toString());
        return order.descending() ? tie < 0 : tie > 0;
    }

    private static Level higher(Level one, Level other) {
        return one.includes(other) ? one : other;
    }

    private static int bounded(int limit) {
        return Math.max(1, Math.min(limit, ResourcePage.MOST));
    }
}
