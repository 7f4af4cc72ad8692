package io.hubmesh.start;

import io.hubmesh.operations.Restore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.Environment;

/** A start with {@code --hubmesh.restore=FOLDER} brings a backup back first, and then goes on as any other. */
final class Restoring {

    private Restoring() {}

    /** @throws FailureAnalyzedException when the data folder is in use, or the folder is no backup */
    static void begin(Environment environment) {
        String named = environment.getProperty("hubmesh.restore", "");
        if (named.isBlank()) {
            return;
        }
        Path data = Path.of(environment.getRequiredProperty("hubmesh.data"));
        try {
            tell(Restore.run(Path.of(named).toAbsolutePath(), data));
        } catch (FileAlreadyExistsException inUse) {
            throw new FailureAnalyzedException(
                    "Hubmesh does not restore into " + data + ": there is a database already.",
                    "Start without hubmesh.restore to use what is there, or name an empty folder with HUBMESH_DATA.");
        } catch (NoSuchFileException none) {
            throw new FailureAnalyzedException(
                    named + " is not a backup: " + none.getMessage() + " is missing.",
                    "Name the folder of one backup, such as backups/20260301T030000000Z.");
        } catch (IOException failure) {
            throw new FailureAnalyzedException(
                    "The backup " + named + " could not be restored (" + failure + ").",
                    "Empty the data folder and try again, or take an older backup.",
                    failure);
        }
    }

    private static void tell(Restore.Outcome outcome) {
        System.out.println(
                "  Restored the database and " + outcome.contents() + " contents; every byte of them was checked.");
        outcome.damaged()
                .forEach(content -> System.out.println("  Damaged or missing in the backup, and left out: " + content));
    }
}
