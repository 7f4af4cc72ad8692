package io.hubmesh.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "writable", ".check"));
            return directory;
        } catch (IOException | InvalidPathException failure) {
            throw unusable(named, "it cannot be written to (" + failure + ")");
        }
    }

    private static FailureAnalyzedException unusable(Object directory, String reason) {
        return new FailureAnalyzedException(
                "Hubmesh cannot keep its data in " + directory + ": " + reason + ".", ACTION);
    }
}
