package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.events.PeerDeliveryChanged;
import io.hubmesh.library.events.ResourceDeleted;
import io.hubmesh.permissions.Chain;
import io.hubmesh.permissions.Decision;
import io.hubmesh.permissions.Grant;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.Permissions;
import io.hubmesh.storage.Manifest;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tree of folders and files. Every method that takes a {@link Subject} asks {@link Permissions} first; what the
 * subject may not read does not exist for it.
 */
@Service
@Transactional
public class Library {

    /** Bounds the walk to the top, and with it the cost of a decision. */
    private static final int DEEPEST = 64;

    /** The constraint that a folder has each name only once. */
    private static final String NAME_ONCE = "resources_name_once";

    private static final Comparator<Resource> FOLDERS_FIRST_BY_NAME = Comparator.comparing(Resource::isFolder)
            .reversed()
            .thenComparing(resource -> resource.name().toLowerCase(Locale.ROOT));

    private final ResourceRows rows;
    private final Permissions permissions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Library(ResourceRows rows, Permissions permissions, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.permissions = permissions;
        this.events = events;
        this.clock = clock;
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
    @Transactional(readOnly = true)
    public Decision decide(Subject subject, Level level, ResourceId id) {
        return permissions.decide(subject, level, chain(id));
    }

    /** The highest level that the subject has on the resource; empty when it may not even see it. */
    @Transactional(readOnly = true)
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
    @Transactional(readOnly = true)
    public Chain chain(ResourceId id) {
        List<ResourceId> ids = new ArrayList<>();
        UUID next = id.value();
        while (next != null && ids.size() <= DEEPEST) {
            ResourceRow row = row(new ResourceId(next));
            ids.add(new ResourceId(next));
            next = row.parentId();
        }
        return new Chain(ids);
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

    /**
     * Makes an empty folder. The subject needs WRITE on its parent.
     *
     * @throws ProblemException invalid-name, name-taken, and as {@link #requireFolder}
     */
    public Resource createFolder(Subject subject, ResourceId parent, String name) {
        return add(subject, parent, name, null);
    }

    /**
     * Puts a content that the hub holds into a folder. The subject needs WRITE on it.
     *
     * @throws ProblemException invalid-name, name-taken, and as {@link #requireFolder}
     */
    public Resource addFile(Subject subject, ResourceId parent, String name, String mediaType, Manifest content) {
        return add(
                subject,
                parent,
                name,
                new Resource.FileVersion(content.contentId(), content.size(), mediaType, content.sha256()));
    }

    /** Whether {@link #addFile} would be let through as things are; to be asked before the bytes come. */
    @Transactional(readOnly = true)
    public void requireRoomFor(Subject subject, ResourceId parent, String name) {
        requireFolder(subject, parent, Level.WRITE);
        requireFree(parent.value(), ResourceName.of(name));
        if (chain(parent).ids().size() >= DEEPEST) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "Folders can be at most " + DEEPEST + " deep. Use a higher one.");
        }
    }

    /** Gives another name. The subject needs WRITE. @throws ProblemException root-is-fixed, and as above */
    public Resource rename(Subject subject, ResourceId id, String name) {
        require(subject, id, Level.WRITE);
        ResourceRow row = changeable(id);
        ResourceName wanted = ResourceName.of(name);
        if (!row.toResource().name().equals(wanted.text())) {
            UUID parent = row.parentId();
            if (parent != null
                    && !ResourceName.of(row.toResource().name()).key().equals(wanted.key())) {
                requireFree(parent, wanted);
            }
            row.rename(wanted, clock.instant());
            save(row, wanted);
        }
        return row.toResource();
    }

    /**
     * Changes what is not null, all or nothing.
     *
     * @throws ProblemException as {@link #rename} and {@link #allowPeerDelivery}
     */
    public void change(Subject subject, ResourceId id, @Nullable String name, @Nullable Boolean peerDelivery) {
        if (peerDelivery != null) {
            allowPeerDelivery(subject, id, peerDelivery);
        }
        if (name != null) {
            rename(subject, id, name);
        }
    }

    /** Lets peers fetch it from each other, or not. The subject needs MANAGE. */
    public Resource allowPeerDelivery(Subject subject, ResourceId id, boolean allowed) {
        requireFile(subject, id, Level.MANAGE);
        ResourceRow row = row(id);
        row.allowPeerDelivery(allowed);
        events.publishEvent(new PeerDeliveryChanged(id, allowed));
        return row.toResource();
    }

    /**
     * Removes a file, or a folder with all below it, and the grants on them. The subject needs WRITE.
     *
     * @throws ProblemException root-is-fixed, and as {@link #require}
     */
    public void delete(Subject subject, ResourceId id) {
        require(subject, id, Level.WRITE);
        changeable(id);
        List<ResourceRow> doomed = new ArrayList<>(List.of(row(id)));
        for (int next = 0; next < doomed.size(); next++) {
            doomed.addAll(rows.findByParentId(doomed.get(next).getId()));
        }
        Set<ContentId> contents = new HashSet<>();
        for (int last = doomed.size() - 1; last >= 0; last--) {
            Resource.FileVersion file = doomed.get(last).toResource().file();
            if (file != null) {
                contents.add(file.contentId());
            }
            rows.delete(doomed.get(last));
        }
        flushDeletions();
        events.publishEvent(new ResourceDeleted(id, contents));
    }

    private Resource add(Subject subject, ResourceId parent, String name, Resource.@Nullable FileVersion file) {
        requireRoomFor(subject, parent, name);
        ResourceName wanted = ResourceName.of(name);
        ResourceRow row = new ResourceRow(parent, wanted, file, clock.instant());
        return save(row, wanted).toResource();
    }

    private ResourceRow save(ResourceRow row, ResourceName name) {
        try {
            return rows.saveAndFlush(row);
        } catch (DataIntegrityViolationException meanwhile) {
            throw isAbout(meanwhile, NAME_ONCE)
                    ? nameTaken(name)
                    : new ProblemException(ProblemCode.NOT_FOUND, meanwhile);
        }
    }

    private void flushDeletions() {
        try {
            rows.flush();
        } catch (DataIntegrityViolationException addedMeanwhile) {
            throw new ProblemException(
                    ProblemCode.CHANGED_MEANWHILE,
                    "Somebody put something into the folder at the same moment. Look at it, then delete it again.");
        }
    }

    private static boolean isAbout(DataIntegrityViolationException violation, String constraint) {
        return violation.getMostSpecificCause() instanceof SQLException cause
                && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(constraint);
    }

    private void requireFree(UUID parent, ResourceName name) {
        if (rows.existsByParentIdAndNameKey(parent, name.key())) {
            throw nameTaken(name);
        }
    }

    private ResourceRow changeable(ResourceId id) {
        if (id.equals(ResourceId.ROOT)) {
            throw new ProblemException(ProblemCode.ROOT_IS_FIXED);
        }
        return row(id);
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

    private static ProblemException nameTaken(ResourceName name) {
        return new ProblemException(
                ProblemCode.NAME_TAKEN,
                "There is already something named \"" + name.text() + "\" in this folder. Choose another name.");
    }
}
