package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.events.PeerDeliveryChanged;
import io.hubmesh.library.events.ResourceDeleted;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Manifest;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Every change to the tree of folders and files. Each asks first whether the subject may. */
@Service
@Transactional
public class LibraryChanges {

    /** The constraint that a folder has each name only once. */
    private static final String NAME_ONCE = "resources_name_once";

    private final Library library;
    private final ResourceRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LibraryChanges(Library library, ResourceRows rows, ApplicationEventPublisher events, Clock clock) {
        this.library = library;
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Makes an empty folder. The subject needs WRITE on its parent.
     *
     * @throws ProblemException invalid-name, name-taken, and as {@link Library#requireFolder}
     */
    public Resource createFolder(Subject subject, ResourceId parent, String name) {
        return add(subject, parent, name, null);
    }

    /**
     * Puts a content that the hub holds into a folder. The subject needs WRITE on it.
     *
     * @throws ProblemException invalid-name, name-taken, and as {@link Library#requireFolder}
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
        library.requireFolder(subject, parent, Level.WRITE);
        requireFree(parent.value(), ResourceName.of(name));
        if (library.chain(parent).ids().size() >= Library.DEEPEST) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE,
                    "Folders can be at most " + Library.DEEPEST + " deep. Use a higher one.");
        }
    }

    /** Gives another name. The subject needs WRITE. @throws ProblemException root-is-fixed, and as above */
    public Resource rename(Subject subject, ResourceId id, String name) {
        library.require(subject, id, Level.WRITE);
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
        library.requireFile(subject, id, Level.MANAGE);
        ResourceRow row = row(id);
        row.allowPeerDelivery(allowed);
        events.publishEvent(new PeerDeliveryChanged(id, allowed));
        return row.toResource();
    }

    /**
     * Removes a file, or a folder with all below it, and the grants on them. The subject needs WRITE.
     *
     * @throws ProblemException root-is-fixed, and as {@link Library#require}
     */
    public void delete(Subject subject, ResourceId id) {
        library.require(subject, id, Level.WRITE);
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

    private ResourceRow row(ResourceId id) {
        return rows.findById(id.value()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    private static ProblemException nameTaken(ResourceName name) {
        return new ProblemException(
                ProblemCode.NAME_TAKEN,
                "There is already something named \"" + name.text() + "\" in this folder. Choose another name.");
    }
}
