package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.events.PeerDeliveryChanged;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Manifest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** New folders and files, other names, and what managers switch. Each change asks first whether the subject may. */
@Service
@Transactional
public class LibraryChanges {

    private final Library library;
    private final Tree tree;
    private final Versions versions;
    private final Usage usage;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LibraryChanges(
            Library library, Tree tree, Versions versions, Usage usage, ApplicationEventPublisher events, Clock clock) {
        this.library = library;
        this.tree = tree;
        this.versions = versions;
        this.usage = usage;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Makes an empty folder. The subject needs WRITE on its parent.
     *
     * @throws ProblemException invalid-name, name-taken, and as {@link Library#requireFolder}
     */
    public Resource createFolder(Subject subject, ResourceId parent, String name) {
        requireRoomFor(subject, parent, new Place(name, Clash.REFUSE, Expected.ANY));
        ResourceName wanted = ResourceName.of(name);
        return tree.add(new ResourceRow(parent, wanted, null, subject.accountId(), clock.instant()), wanted)
                .toResource();
    }

    /** As the other, where a name that is taken is refused. */
    public Resource addFile(Subject subject, ResourceId parent, String name, String mediaType, Manifest content) {
        return addFile(subject, parent, new Place(name, Clash.REFUSE, Expected.ANY), mediaType, content);
    }

    /**
     * Puts a content that the hub holds into a folder. The subject needs WRITE on it, and for another version of a file that is
     * there on that file.
     *
     * @throws ProblemException invalid-name, name-taken, quota-exceeded, precondition-failed, not-a-file when a folder should become a version,
     *     and as {@link Library#requireFolder}
     */
    public Resource addFile(Subject subject, ResourceId parent, Place place, String mediaType, Manifest content) {
        requireRoomFor(subject, parent, place);
        usage.oneAtATime(subject.accountId());
        usage.requireRoom(subject.accountId(), content.size(), 0);
        ResourceName wanted = ResourceName.of(place.name());
        Instant now = clock.instant();
        Resource.FileVersion file = new Resource.FileVersion(
                1, content.contentId(), content.size(), mediaType, content.sha256(), subject.accountId(), now);
        Optional<Resource> there = place.clash() == Clash.VERSION ? tree.child(parent, wanted) : Optional.empty();
        if (there.isPresent()) {
            return versions.replace(subject, there.get().id(), place.expected(), file);
        }
        ResourceName name = place.clash() == Clash.RENAME ? tree.freeName(parent, wanted) : wanted;
        return tree.add(new ResourceRow(parent, name, file, subject.accountId(), now), name)
                .toResource();
    }

    /**
     * How a file wants to stand in a folder.
     *
     * @param expected of the file whose version it becomes; nothing else is asked
     */
    public record Place(String name, Clash clash, Expected expected) {}

    /** Whether {@link #addFile} would be let through as things are; to be asked before the bytes come. */
    @Transactional(readOnly = true)
    public void requireRoomFor(Subject subject, ResourceId parent, Place place) {
        library.requireFolder(subject, parent, Level.WRITE);
        tree.requireRoomBelow(library.chain(parent));
        ResourceName wanted = ResourceName.of(place.name());
        switch (place.clash()) {
            case REFUSE -> tree.requireFree(parent, wanted);
            case RENAME -> {}
            case VERSION ->
                tree.child(parent, wanted).ifPresent(there -> {
                    library.requireFile(subject, there.id(), Level.WRITE);
                    tree.changeable(there.id(), place.expected());
                });
        }
    }

    /**
     * Gives another name. The subject needs WRITE.
     *
     * @throws ProblemException root-is-fixed, precondition-failed, and as above
     */
    public Resource rename(Subject subject, ResourceId id, Expected expected, String name) {
        Resource before = library.require(subject, id, Level.WRITE);
        ResourceRow row = tree.changeable(id, expected);
        ResourceName wanted = ResourceName.of(name);
        if (before.name().equals(wanted.text())) {
            return before;
        }
        ResourceId parent = before.parent();
        if (parent != null && !ResourceName.of(before.name()).key().equals(wanted.key())) {
            tree.requireFree(parent, wanted);
        }
        row.call(wanted);
        return tree.save(row, wanted, subject, Resource.Deed.RENAMED).toResource();
    }

    /**
     * Changes what is not null, all or nothing.
     *
     * @throws ProblemException as {@link #rename} and {@link #allowPeerDelivery}
     */
    public void change(
            Subject subject, ResourceId id, Expected expected, @Nullable String name, @Nullable Boolean peerDelivery) {
        if (peerDelivery != null) {
            allowPeerDelivery(subject, id, expected, peerDelivery);
        }
        if (name != null) {
            rename(subject, id, peerDelivery == null ? expected : Expected.ANY, name);
        }
    }

    /** Lets peers fetch it from each other, or not. The subject needs MANAGE. */
    public Resource allowPeerDelivery(Subject subject, ResourceId id, Expected expected, boolean allowed) {
        Resource before = library.requireFile(subject, id, Level.MANAGE);
        ResourceRow row = tree.changeable(id, expected);
        row.allowPeerDelivery(allowed);
        events.publishEvent(new PeerDeliveryChanged(id, allowed));
        return tree.save(row, ResourceName.of(before.name()), subject, Resource.Deed.PEER_DELIVERY)
                .toResource();
    }
}
