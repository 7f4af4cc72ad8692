package io.hubmesh.operations;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.storage.Shelves;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Brings a backup back into a data folder that has no database yet, before a hub starts on it. */
public final class Restore {

    private Restore() {}

    /**
     * What was found.
     *
     * @param contents how many were restored
     * @param damaged those that are missing from the backup or are not what they were; files that hold them cannot be read
     */
    public record Outcome(int contents, List<ContentId> damaged) {}

    /**
     * Restores everything and checks every byte of it.
     *
     * @param backup the folder of one backup, beside the {@code blobs} of all
     * @param data the data folder
     * @throws FileAlreadyExistsException when the data folder has a database
     * @throws NoSuchFileException when the backup is none
     */
    public static Outcome run(Path backup, Path data) throws IOException {
        Path zip = backup.resolve(BackupFolder.DATABASE);
        if (!Files.isRegularFile(zip)) {
            throw new NoSuchFileException(zip.toString());
        }
        Path databases = Files.createDirectories(data.resolve("db"));
        Path database = databases.resolve("hubmesh.mv.db");
        if (Files.exists(database)) {
            throw new FileAlreadyExistsException(database.toString());
        }
        List<ContentId> contents = BackupFolder.contentsOf(backup);
        List<ContentId> damaged = restoreContents(contents, backup, data);
        unpack(zip, database); // last: a data folder with a database is complete
        return new Outcome(contents.size() - damaged.size(), damaged);
    }

    private static List<ContentId> restoreContents(List<ContentId> contents, Path backup, Path data)
            throws IOException {
        Shelves from = new Shelves(backup.toAbsolutePath().resolveSibling("blobs"));
        Shelves to = new Shelves(data.resolve("blobs"));
        List<ContentId> damaged = new ArrayList<>();
        for (ContentId content : contents) {
            from.copy(content, to);
            if (!to.holds(content) || !to.intact(content, read -> {})) {
                to.remove(content);
                damaged.add(content);
            }
        }
        return damaged;
    }

    /** The archive has one file, the database; whatever it is called in there, it goes to one place. */
    private static void unpack(Path zip, Path database) throws IOException {
        Path draft = Files.createTempFile(database.getParent(), "restored", ".draft");
        try (InputStream bytes = Files.newInputStream(zip);
                ZipInputStream archive = new ZipInputStream(bytes)) {
            ZipEntry entry = archive.getNextEntry();
            while (entry != null && !entry.getName().endsWith(".mv.db")) {
                entry = archive.getNextEntry();
            }
            if (entry == null) {
                throw new IOException(zip + " holds no database");
            }
            Files.copy(archive, draft, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(draft, database);
    }
}
