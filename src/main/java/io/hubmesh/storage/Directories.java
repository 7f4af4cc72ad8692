package io.hubmesh.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes a directory's entries last through a loss of power, where the system can. */
final class Directories {

    private static final boolean CAN_BE_OPENED =
            !System.getProperty("os.name", "").startsWith("Windows");

    private Directories() {}

    static void force(Path directory) throws IOException {
        if (CAN_BE_OPENED) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
