package io.hubmesh.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** The folder that holds the database and the blobs. */
final class DataDirectory {

    private static final String ACTION =
            "Make it a folder that the hub may write to, or name another one with HUBMESH_DATA.";

    private DataDirectory() {}

    /**
     * Makes the folder where there is none, and tries it out.
     *
     * @return its absolute path
     * @throws FailureAnalyzedException when files cannot be made in it
     */
    static Path prepare(String named) {
        if (named.contains(";")) {
            throw unusable(named, "its name must not contain a semicolon");
        }
        try {
            Path directory = Path.of(named).toAbsolutePath().normalize();
            if (Files.exists(directory) && !Files.isDirectory(directory)) {
                throw unusable(directory, "it is not a folder");
            }
            createPrivately(directory);
            Files.delete(Files.createTempFile(directory, "writable", ".check"));
            return directory;
        } catch (IOException | InvalidPathException failure) {
            throw unusable(named, "it cannot be written to (" + failure + ")");
        }
    }

    /** Holds password hashes and the hub's key: nobody else on the machine needs to read it. */
    private static void createPrivately(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private static FailureAnalyzedException unusable(Object directory, String reason) {
        return new FailureAnalyzedException(
                "Hubmesh cannot keep its data in " + directory + ": " + reason + ".", ACTION);
    }
}
