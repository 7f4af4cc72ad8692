package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Chain;
import io.hubmesh.permissions.Decision;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.Permissions;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tree of folders and files. Every method that takes a {@link Subject} asks {@link Permissions} first; what the
 * subject may not read does not exist for it.
 */
@Service
public class Library {

    /** Bounds the walk to the top, and with it the cost of a decision. */
    static final int DEEPEST = 64;

    /** Holds what was deleted; nothing in it exists for anybody but {@link Trash}. */
    static final ResourceId TRASH = new ResourceId(new UUID(0, 2));

    private final ResourceRows rows;
    private final Ancestry ancestry;
    private final KnownResources known;
    private final Permissions permissions;

    Library(ResourceRows rows, Ancestry ancestry, KnownResources known, Permissions permissions) {
        this.rows = rows;
        this.ancestry = ancestry;
        this.known = known;
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

    /**
     * As {@link #requireFile}, mostly without asking the database: the file as it was committed last. For those who deliver its bytes.
     *
     * @throws ProblemException as {@link #requireFile}
     */
    public Resource readFile(Subject subject, ResourceId id) {
        requireLevel(subject, id, Level.READ);
        Resource resource = known.find(id).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        if (resource.isFolder()) {
            throw new ProblemException(ProblemCode.NOT_A_FILE);
        }
        return resource;
    }

    /** As {@link #require}, for those who know the resource already. */
    public void requireLevel(Subject subject, ResourceId id, Level level) {
        permissions.require(subject, level, chain(id));
    }

    /** What a file that holds this content is called, whoever may see it; empty when there is no such file any more. For the measurement. */
    public Optional<String> nameOf(ResourceId id, ContentId content) {
        return isThere(id)
                ? known.find(id).filter(found -> found.holds(content)).map(Resource::name)
                : Optional.empty();
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
    public Decision decide(Subject subject, Level level, ResourceId id) {
        return permissions.decide(subject, level, chain(id));
    }

    /** What it is called, whoever may see it; empty when there is no such resource. For the audit. */
    @Transactional(readOnly = true)
    public Optional<String> nameOf(ResourceId id) {
        return rows.findById(id.value()).map(row -> row.toResource().name());
    }

    /** The highest level that the subject has on the resource; empty when it may not even see it. */
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
                .filter(resource -> reaches(subject, resource.id()))
                .collect(Collectors.toMap(Resource::id, resource -> resource));
    }

    /**
     * The resource and its ancestors, up to the top folder.
     *
     * @throws ProblemException not-found when there is no such resource, or it is in the trash
     */
    public Chain chain(ResourceId id) {
        return ancestry.of(id).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    /** As {@link #chain}, as it is written at this moment. For who holds the lock of all moves. */
    Chain writtenChain(ResourceId id) {
        return ancestry.written(id).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    /**
     * The child of a folder that has this name, whatever its case.
     *
     * @throws ProblemException invalid-name, and as {@link #requireFolder}
     */
    @Transactional(readOnly = true)
    public Optional<Resource> child(Subject subject, ResourceId folder, String name) {
        requireFolder(subject, folder, Level.READ);
        return rows.findByParentIdAndNameKey(
                        folder.value(), ResourceName.of(name).key())
                .map(ResourceRow::toResource);
    }

    /** Every resource on which the subject has a grant and whose parent it cannot read, in no order. */
    @Transactional(readOnly = true)
    List<Resource> grantedTo(Subject subject) {
        List<UUID> granted = permissions.of(subject.accountId()).stream()
                .map(grant -> grant.resource().value())
                .distinct()
                .toList();
        return rows.findAllById(granted).stream()
                .map(ResourceRow::toResource)
                .filter(resource -> reaches(subject, resource.id()))
                .filter(resource -> resource.parent() == null || !reaches(subject, resource.parent()))
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
                .filter(file -> isThere(file.id()))
                .toList();
    }

    /** Whether there is such a resource outside of the trash. For this room. */
    boolean isThere(ResourceId id) {
        return ancestry.of(id).isPresent();
    }

    /** For this room, which has asked already. */
    @Transactional(readOnly = true)
    Resource named(ResourceId id) {
        return row(id).toResource();
    }

    private boolean reaches(Subject subject, ResourceId id) {
        return ancestry.of(id)
                .filter(chain -> permissions.decide(subject, Level.READ, chain).allowed())
                .isPresent();
    }

    private ResourceRow row(ResourceId id) {
        return rows.findById(id.value()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }
}
