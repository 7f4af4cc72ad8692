package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Level;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds files and folders by a part of their names, whatever their case and accents, in all of the library that the subject
 * reaches. Whether it does is decided after the names were compared: how many were left out is told by nothing, not even by
 * the cursor, which is sealed.
 */
@Service
@Transactional(readOnly = true)
public class Search {

    /** Whoever enters more looks for something else. In characters. */
    public static final int LONGEST = 100;

    /** Names that fit which one request looks at; what is left is found by the next. */
    private static final int MOST_EXAMINED = 5000;

    /** Of these, how many are brought from the database at once. */
    private static final int SLICE = 500;

    private final EntityManager database;
    private final Library library;
    private final SealedCursors cursors;

    Search(EntityManager database, Library library, SealedCursors cursors) {
        this.database = database;
        this.library = library;
        this.cursors = cursors;
    }

    /** @param path the folders above that the subject may read, top first */
    public record Hit(Resource resource, Level level, List<Resource> path) {}

    /** @param next the cursor of the part behind it; null when there is none */
    public record Part(List<Hit> hits, @Nullable String next) {}

    /**
     * In the order of the names without numbers' values. Bounded work: a part may be short and still not the last.
     *
     * @throws ProblemException invalid-value when there is nothing to look for, or too much, or the cursor is for something else
     */
    public Part find(Subject subject, String text, @Nullable String cursor, int limit) {
        String wanted = NameKeys.searchKey(text.strip());
        if (wanted.isEmpty() || text.length() > LONGEST) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "Enter a part of a name, at most " + LONGEST + " characters of it.");
        }
        int most = Math.max(1, Math.min(limit, ResourcePage.MOST));
        Place behind = cursor == null ? null : Place.of(cursors.open(list(wanted), cursor));
        Map<ResourceId, Optional<Reach>> folders = new HashMap<>();
        List<Hit> hits = new ArrayList<>();
        for (int examined = 0; examined < MOST_EXAMINED; examined += SLICE) {
            List<ResourceRow> slice = slice(wanted, behind);
            for (ResourceRow row : slice) {
                if (hits.size() == most) {
                    return new Part(hits, next(wanted, behind));
                }
                behind = new Place(row.searchKey(), row.getId().toString());
                hit(subject, row.toResource(), folders).ifPresent(hits::add);
            }
            if (slice.size() < SLICE) {
                return new Part(hits, null);
            }
        }
        return new Part(hits, next(wanted, behind));
    }

    private Optional<Hit> hit(Subject subject, Resource resource, Map<ResourceId, Optional<Reach>> folders) {
        ResourceId parent = resource.parent();
        if (parent == null) {
            return Optional.empty();
        }
        Optional<Reach> inherited = folders.computeIfAbsent(parent, folder -> reach(subject, folder));
        if (inherited.isPresent() && inherited.get().level() == Level.MANAGE) {
            return inherited.map(reach -> new Hit(resource, reach.level(), reach.path()));
        }
        return library.isThere(resource.id())
                ? library.levelOf(subject, resource.id())
                        .map(level -> new Hit(
                                resource, level, inherited.map(Reach::path).orElse(List.of())))
                : Optional.empty();
    }

    /** What the subject may do in a folder, and the way there; empty when it may not read it, or it is in the trash. */
    private Optional<Reach> reach(Subject subject, ResourceId folder) {
        return library.isThere(folder)
                ? library.levelOf(subject, folder).map(level -> new Reach(level, library.path(subject, folder)))
                : Optional.empty();
    }

    private record Reach(Level level, List<Resource> path) {}

    private List<ResourceRow> slice(String wanted, @Nullable Place behind) {
        TypedQuery<ResourceRow> query = database.createQuery(
                "select r from ResourceRow r where r.searchKey like :pattern escape '!'"
                        + (behind == null ? "" : " and r.searchKey >= :key and (r.searchKey > :key or r.id > :id)")
                        + " order by r.searchKey, r.id",
                ResourceRow.class);
        query.setParameter("pattern", "%" + ResourceName.literal(wanted) + "%");
        if (behind != null) {
            query.setParameter("key", behind.key()).setParameter("id", java.util.UUID.fromString(behind.id()));
        }
        return query.setMaxResults(SLICE).getResultList();
    }

    private @Nullable String next(String wanted, @Nullable Place behind) {
        return behind == null ? null : cursors.seal(list(wanted), behind.id() + behind.key());
    }

    private static String list(String wanted) {
        return "search " + wanted;
    }

    /** Behind which name a part ended. */
    private record Place(String key, String id) {

        private static final int ID_LENGTH = 36;

        static Place of(String text) {
            return new Place(text.substring(ID_LENGTH), text.substring(0, ID_LENGTH));
        }
    }
}
