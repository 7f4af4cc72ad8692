package io.hubmesh.library;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.library.events.LibrarySettingsChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What administrators choose about the library, kept in one row that the migration made. */
@Service
@Transactional
public class LibrarySettings {

    /** More versions of one file than that are no history but a store. */
    public static final int MOST_VERSIONS = 1000;

    /** Ten years. */
    public static final int MOST_DAYS = 3650;

    private static final Logger LOG = LoggerFactory.getLogger(LibrarySettings.class);

    private final JdbcClient database;
    private final ApplicationEventPublisher events;

    LibrarySettings(JdbcClient database, ApplicationEventPublisher events) {
        this.events = events;
        this.database = database;
    }

    /**
     * @param version rises with every change
     * @param versionsKept how many versions of a file are kept, with the present one; 0: all
     * @param versionDays after how many days earlier versions go; 0: never
     * @param trashDays after how many days what is in the trash goes; 0: never
     */
    public record Policy(long version, int versionsKept, int versionDays, int trashDays) {}

    @Transactional(readOnly = true)
    public Policy now() {
        return database.sql("select version, versions_kept, version_days, trash_days from library_settings")
                .query((row, number) -> new Policy(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .single();
    }

    /**
     * Puts another policy in the place of the one of its version.
     *
     * @throws ProblemException forbidden when the subject is no administrator, invalid-value out of the bounds,
     *     precondition-failed when the version is not the present one
     */
    public Policy change(Subject subject, Policy wish) {
        if (!subject.isAdministrator()) {
            throw new ProblemException(ProblemCode.FORBIDDEN);
        }
        require(wish.versionsKept(), MOST_VERSIONS, "Keep 0 to " + MOST_VERSIONS + " versions of a file.");
        require(wish.versionDays(), MOST_DAYS, "Keep versions for 0 to " + MOST_DAYS + " days.");
        require(wish.trashDays(), MOST_DAYS, "Keep the trash for 0 to " + MOST_DAYS + " days.");
        int changed = database.sql("update library_settings set version = version + 1, versions_kept = ?,"
                        + " version_days = ?, trash_days = ? where version = ?")
                .param(1, wish.versionsKept())
                .param(2, wish.versionDays())
                .param(3, wish.trashDays())
                .param(4, wish.version())
                .update();
        if (changed == 0) {
            throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
        }
        events.publishEvent(new LibrarySettingsChanged(wish.versionsKept(), wish.versionDays(), wish.trashDays()));
        LOG.info("{} has changed the settings of the library: {}", subject.name(), wish);
        return now();
    }

    private static void require(int value, int most, String otherwise) {
        if (value < 0 || value > most) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, otherwise);
        }
    }
}
