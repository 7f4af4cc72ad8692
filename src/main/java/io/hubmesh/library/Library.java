package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Chain;
import io.hubmesh.permissions.Decision;
import io.hubmesh.permissions.Grant;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.Permissions;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tree of folders and files. Every method that takes a {@link Subject} asks {@link Permissions} first; what the
 * subject may not read does not exist for it.
 */
@Service
@Transactional
public class Library {

    /** Bounds the walk to the top, and with it the cost of a decision. */
    static final int DEEPEST = 64;

    private static final Comparator<Resource> FOLDERS_FIRST_BY_NAME = Comparator.comparing(Resource::isFolder)
            .reversed()
            .thenComparing(resource -> resource.name().toLowerCase(Locale.ROOT));

    private final ResourceRows rows;
    private final Ancestry ancestry;
    private final Permissions permissions;

    Library(ResourceRows rows, Ancestry ancestry, Permissions permissions) {
        this.rows = rows;
        this.ancestry = ancestry;
        this.permissions = permissions;
    }

    /**
     * The resource, if the subject has at least this level on it.
     *
     * @throws ProblemException not-found when there is none or the subject may not see it, forbidden when the level is
     *     too low
     */
    @Transactional(readOnly = true)
    public Resource require(Subject subject, ResourceId id, Level level) {
        permissions.require(subject, level, chain(id));
        return row(id).toResource();
    }

    /** As {@link #require}, for a file. @throws ProblemException not-a-file besides */
    @Transactional(readOnly = true)
    public Resource requireFile(Subject subject, ResourceId id, Level level) {
        Resource resource = require(subject, id, level);
        if (resource.isFolder()) {
            throw new ProblemException(ProblemCode.NOT_A_FILE);
        }
        return resource;
    }

    /** As {@link #require}, for a folder. @throws ProblemException not-a-folder besides */
    @Transactional(readOnly = true)
    public Resource requireFolder(Subject subject, ResourceId id, Level level) {
        Resource resource = require(subject, id, level);
        if (!resource.isFolder()) {
            throw new ProblemException(ProblemCode.NOT_A_FOLDER);
        }
        return resource;
    }

    /** @throws ProblemException not-found when there is no such resource */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Decision decide(Subject subject, Level level, ResourceId id) {
        return permissions.decide(subject, level, chain(id));
    }

    /** What it is called, whoever may see it; empty when there is no such resource. For the audit. */
    @Transactional(readOnly = true)
    public Optional<String> nameOf(ResourceId id) {
        return rows.findById(id.value()).map(row -> row.toResource().name());
    }

    /** The highest level that the subject has on the resource; empty when it may not even see it. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Optional<Level> levelOf(Subject subject, ResourceId id) {
        return decide(subject, Level.READ, id) instanceof Decision.Allowed allowed
                ? Optional.of(allowed.level())
                : Optional.empty();
    }

    /** Those of the resources that exist and that the subject may read. */
    @Transactional(readOnly = true)
    public Map<ResourceId, Resource> readable(Subject subject, Collection<ResourceId> ids) {
        return rows.findAllById(ids.stream().map(ResourceId::value).toList()).stream()
                .map(ResourceRow::toResource)
                .filter(resource -> decide(subject, Level.READ, resource.id()).allowed())
                .collect(Collectors.toMap(Resource::id, resource -> resource));
    }

    /**
     * The resource and its ancestors.
     *
     * @throws ProblemException not-found when there is no such resource
     */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Chain chain(ResourceId id) {
        return ancestry.of(id).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    /** Whether there is such a resource. For this room. */
    boolean isThere(ResourceId id) {
        return ancestry.of(id).isPresent();
    }

    /** What a folder holds, folders first, by name. @throws ProblemException as {@link #requireFolder} */
    @Transactional(readOnly = true)
    public List<Resource> children(Subject subject, ResourceId folder) {
        requireFolder(subject, folder, Level.READ);
        return rows.findByParentId(folder.value()).stream()
                .map(ResourceRow::toResource)
                .sorted(FOLDERS_FIRST_BY_NAME)
                .toList();
    }

    /**
     * Where the subject may start: the top folder's children for whoever reads the top folder, else every resource on
     * which it has a grant and whose parent it cannot read.
     */
    @Transactional(readOnly = true)
    public List<Resource> entrances(Subject subject) {
        if (decide(subject, Level.READ, ResourceId.ROOT).allowed()) {
            return children(subject, ResourceId.ROOT);
        }
        return permissions.of(subject.accountId()).stream()
                .map(Grant::resource)
                .distinct()
                .map(id -> row(id).toResource())
                .filter(resource -> !parentIsReadable(subject, resource))
                .sorted(FOLDERS_FIRST_BY_NAME)
                .toList();
    }

    /** The resource and those of its ancestors that the subject may read, top first. */
    @Transactional(readOnly = true)
    public List<Resource> path(Subject subject, ResourceId id) {
        Deque<Resource> path = new ArrayDeque<>();
        for (ResourceId step : chain(id).ids()) {
            if (!decide(subject, Level.READ, step).allowed()) {
                break;
            }
            path.addFirst(row(step).toResource());
        }
        return List.copyOf(path);
    }

    /** Every file that holds a content, wherever it is. For other rooms, which decide about each one. */
    @Transactional(readOnly = true)
    public List<Resource> holding(ContentId content) {
        return rows.findByContentId(content.hex()).stream()
                .map(ResourceRow::toResource)
                .toList();
    }

    /** For this room, which has asked already. */
    Resource named(ResourceId id) {
        return row(id).toResource();
    }

    private boolean parentIsReadable(Subject subject, Resource resource) {
        ResourceId parent = resource.parent();
        return parent != null && decide(subject, Level.READ, parent).allowed();
    }

    private ResourceRow row(ResourceId id) {
        return rows.findById(id.value()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }
}
