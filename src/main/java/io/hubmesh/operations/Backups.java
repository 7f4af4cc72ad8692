package io.hubmesh.operations;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.storage.Shelves;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Backups of everything, made while the hub works: the database as of one moment, and every content that it names.
 *
 * <p>Contents never change, so only those that no earlier backup has are copied. They are copied before the database, until
 * little is left, and once more after it: what it names was there before it or has come since. A content that is deleted
 * meanwhile goes an hour later at the earliest.
 */
@Service
public class Backups {

    private static final Logger log = LoggerFactory.getLogger(Backups.class);

    /** Rounds before the database; after the first they are short. */
    private static final int ROUNDS = 2;

    private final OperationsSettings settings;
    private final BackupFolder folder;
    private final Shelves own;
    private final JdbcTemplate database;
    private final Clock clock;
    private final ReentrantLock making = new ReentrantLock();

    Backups(OperationsSettings settings, JdbcTemplate database, Clock clock) {
        this.settings = settings;
        this.folder = new BackupFolder(settings.backupFolder());
        this.own = new Shelves(settings.blobFolder());
        this.database = database;
        this.clock = clock;
    }

    /** Newest first. */
    public List<Backup> all() {
        return folder.all();
    }

    /** Where they are, for the person who copies them elsewhere. */
    public Path place() {
        return settings.backupFolder();
    }

    /**
     * Makes one and returns when it is on the disk; then removes the oldest, if there are more than are kept.
     *
     * @throws ProblemException already-running when one is being made, storage-full when there is no room
     */
    public Backup make() {
        if (!making.tryLock()) {
            throw new ProblemException(ProblemCode.ALREADY_RUNNING, "A backup is being made already. Wait for it.");
        }
        try {
            Path place = folder.begin(clock.instant());
            Set<ContentId> contents = new HashSet<>();
            for (int round = 0; round < ROUNDS; round++) {
                copyContents(contents);
            }
            // H2 takes no parameter here; the name is the hub's own, quoted as SQL wants it.
            String file = place.resolve(BackupFolder.DATABASE).toString().replace("'", "''");
            database.execute("backup to '" + file + "'");
            copyContents(contents);
            String name = folder.finish(place, contents);
            folder.keepNewest(settings.backupsKept());
            log.info("Backup {} made, {} contents", name, contents.size());
            return folder.all().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException cause) {
            throw new ProblemException(ProblemCode.STORAGE_FULL, cause);
        } finally {
            making.unlock();
        }
    }

    /** At the times that {@code HUBMESH_BACKUPS_AT} names, as a cron expression; never when it names none. */
    @Scheduled(cron = "${hubmesh.backups-at:-}")
    void makeByTheClock() {
        make();
    }

    private void copyContents(Set<ContentId> copied) throws IOException {
        try (Stream<ContentId> held = own.contents()) {
            for (ContentId content : held.filter(each -> !copied.contains(each)).toList()) {
                if (own.copy(content, folder.shelves()) > 0 || folder.shelves().holds(content)) {
                    copied.add(content);
                }
            }
        }
    }
}
