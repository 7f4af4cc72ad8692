package io.hubmesh.library;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is to happen when something of the same name is there already. */
public enum Clash {
    /** Nothing: it is answered with name-taken and a name that is free. */
    REFUSE,
    /** Both are kept: the newcomer takes a name that is free. */
    RENAME,
    /** A file becomes the next version of the file that is there. */
    VERSION;

    /** Reads the words of the API: {@code refuse}, {@code rename}, {@code version}; null for the usual, to refuse. */
    public static Clash of(@Nullable String word) {
        if (word == null) {
            return REFUSE;
        }
        return Arrays.stream(values())
                .filter(clash -> clash.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_VALUE,
                        "Say what to do when the name is taken: refuse, rename, or for a file version."));
    }
}
