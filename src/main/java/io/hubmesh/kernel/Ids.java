package io.hubmesh.kernel;

import java.util.UUID;

/** How ids are read from text that a stranger wrote. */
public final class Ids {

    private static final int UUID_LENGTH = 36;

    private Ids() {}

    /** An id that cannot exist is answered like one that does not: there is no such thing. */
    public static UUID uuid(String text) {
        if (text.length() == UUID_LENGTH) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException notAnId) {
                throw new ProblemException(ProblemCode.NOT_FOUND, notAnId);
            }
        }
        throw new ProblemException(ProblemCode.NOT_FOUND);
    }
}
