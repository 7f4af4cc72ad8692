package io.hubmesh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program of the machine that a bench needs; a missing one is said. */
final class Command {

    private Command() {}

    /** Runs it to its end. @return what it printed */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(List.of(command) + " ended with " + code + ":\n" + said);
            }
            return said;
        } catch (IOException missing) {
            throw new UncheckedIOException("This needs \"" + command[0] + "\" on the path.", missing);
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    /** Runs it to its end. @return how long it took, in seconds */
    static double time(String... command) {
        long begun = System.nanoTime();
        run(command);
        return (System.nanoTime() - begun) / 1e9;
    }
}
