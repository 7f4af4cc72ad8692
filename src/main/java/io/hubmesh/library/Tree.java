package io.hubmesh.library;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.events.ResourceChanged;
import io.hubmesh.permissions.Chain;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** What every change to the tree needs: its rows, and its rules on names and on who was quicker. Asks nobody's leave. */
@Component
class Tree {

    /** The constraint that a folder has each name only once. */
    private static final String NAME_ONCE = "resources_name_once";

    /** Rows that one question names. */
    private static final int SLICE = 1000;

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ResourceRows rows;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Tree(ResourceRows rows, Accounts accounts, ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.rows = rows;
        this.accounts = accounts;
        this.clock = clock;
    }

    ResourceRow row(ResourceId id) {
        return rows.findById(id.value()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    /**
     * A row that is about to be changed.
     *
     * @throws ProblemException root-is-fixed; precondition-failed, with who was quicker, when it is not as expected
     */
    ResourceRow changeable(ResourceId id, Expected expected) {
        if (id.equals(ResourceId.ROOT)) {
            throw new ProblemException(ProblemCode.ROOT_IS_FIXED);
        }
        ResourceRow row = row(id);
        if (!expected.fits(row.toResource())) {
            throw changedMeanwhile(row.toResource());
        }
        return row;
    }

    /** Adds a row. @throws ProblemException name-taken */
    ResourceRow add(ResourceRow row, ResourceName name) {
        ResourceRow added = write(row, name);
        tell(added.toResource(), Resource.Deed.CREATED, null);
        return added;
    }

    /**
     * Writes a change of a row down.
     *
     * @throws ProblemException name-taken; precondition-failed when somebody was quicker
     */
    ResourceRow save(ResourceRow row, ResourceName name, Subject subject, Resource.Deed deed) {
        String before = row.nameBefore();
        row.changed(deed, subject.accountId(), clock.instant());
        ResourceRow saved = write(row, name);
        tell(saved.toResource(), deed, before);
        return saved;
    }

    private void tell(Resource resource, Resource.Deed deed, @Nullable String before) {
        Resource.FileVersion file = resource.file();
        events.publishEvent(
                new ResourceChanged(resource.id(), deed, before, resource.name(), file == null ? null : file.size()));
    }

    /** Writes a row down that took no other name. @throws ProblemException precondition-failed when somebody was quicker */
    void save(ResourceRow row) {
        write(row, ResourceName.of(row.toResource().name()));
    }

    private ResourceRow write(ResourceRow row, ResourceName name) {
        try {
            return rows.saveAndFlush(row);
        } catch (DataIntegrityViolationException meanwhile) {
            throw isAbout(meanwhile, NAME_ONCE)
                    ? nameTaken(name, null)
                    : new ProblemException(ProblemCode.NOT_FOUND, meanwhile);
        } catch (OptimisticLockingFailureException meanwhile) {
            throw new ProblemException(ProblemCode.PRECONDITION_FAILED, meanwhile);
        }
    }

    /** @throws ProblemException name-taken, with a name that is free */
    void requireFree(ResourceId parent, ResourceName name) {
        if (isTaken(parent, name)) {
            throw nameTaken(name, freeName(parent, name));
        }
    }

    boolean isTaken(ResourceId parent, ResourceName name) {
        return rows.existsByParentIdAndNameKey(parent.value(), name.key());
    }

    /** What has that name in a folder, whatever its case. */
    Optional<Resource> child(ResourceId parent, ResourceName name) {
        return rows.findByParentIdAndNameKey(parent.value(), name.key()).map(ResourceRow::toResource);
    }

    /** The name itself, or the first of {@code name (2).end}, {@code name (3).end}… that is free. */
    ResourceName freeName(ResourceId parent, ResourceName name) {
        Set<String> taken = new HashSet<>(rows.findKeysLike(parent.value(), name.stemPattern()));
        ResourceName free = name;
        for (int number = 2; taken.contains(free.key()); number++) {
            free = name.numbered(number);
        }
        return free;
    }

    /**
     * Whether what is in it and below still fits below a folder.
     *
     * @throws ProblemException invalid-value when it would stand too deep
     */
    void requireDepth(Chain folder, ResourceId id) {
        requireRoomBelow(folder);
        int depth = folder.ids().size() + 1;
        for (List<UUID> level = foldersIn(List.of(id.value())); !level.isEmpty(); level = foldersIn(level)) {
            requireDepth(++depth);
        }
    }

    /** Whether one more fits below a folder. @throws ProblemException invalid-value when it would stand too deep */
    void requireRoomBelow(Chain folder) {
        requireDepth(folder.ids().size() + 1);
    }

    private static void requireDepth(int depth) {
        if (depth > Library.DEEPEST) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE,
                    "Folders can be at most " + Library.DEEPEST + " deep. Use a higher one.");
        }
    }

    private List<UUID> foldersIn(List<UUID> parents) {
        List<UUID> folders = new ArrayList<>();
        for (int from = 0; from < parents.size(); from += SLICE) {
            folders.addAll(rows.findFoldersIn(parents.subList(from, Math.min(from + SLICE, parents.size()))));
        }
        return folders;
    }

    /** The contents of the files in it and below. */
    Set<ContentId> contents(ResourceId id) {
        return rows.findContentsBelow(id.value()).stream().map(ContentId::new).collect(Collectors.toSet());
    }

    private ProblemException changedMeanwhile(Resource resource) {
        Resource.Change last = resource.lastChange();
        String who = last.by() == null
                ? "somebody"
                : accounts.find(last.by()).map(Account::displayName).orElse("somebody");
        String what =
                switch (last.deed()) {
                    case CREATED -> "made";
                    case RENAMED -> "renamed";
                    case MOVED -> "moved";
                    case REPLACED -> "brought another version of";
                    case RESTORED -> "restored";
                    case PEER_DELIVERY -> "switched peer delivery of";
                };
        return new ProblemException(
                ProblemCode.PRECONDITION_FAILED,
                "Since you read it, " + who + " " + what + " \"" + resource.name() + "\", at "
                        + MOMENT.format(last.at()) + ". Look at it again, then decide.");
    }

    private static ProblemException nameTaken(ResourceName name, @Nullable ResourceName free) {
        return new ProblemException(
                ProblemCode.NAME_TAKEN,
                "There is already something named \"" + name.text() + "\" in this folder. "
                        + (free == null ? "Choose another name." : "\"" + free.text() + "\" is free."));
    }

    private static boolean isAbout(DataIntegrityViolationException violation, String constraint) {
        return violation.getMostSpecificCause() instanceof SQLException cause
                && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(constraint);
    }
}
