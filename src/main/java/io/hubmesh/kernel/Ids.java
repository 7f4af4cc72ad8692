package io.hubmesh.kernel;

import java.util.UUID;

/**
 * How ids are read from text that a stranger wrote. Shapes are told letter by letter and not by regular expressions: ids come thousands of times a
 * second.
 */
public final class Ids {

    private static final int UUID_LENGTH = 36;

    /** Letters of 16 random bytes in base64url. */
    private static final int RANDOM_NAME_LENGTH = 22;

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

    /** Whether it is a UUID as RFC 9562 writes it, in lower case. */
    public static boolean isUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int at = 0; at < UUID_LENGTH; at++) {
            boolean hyphen = at == 8 || at == 13 || at == 18 || at == 23;
            if (hyphen ? text.charAt(at) != '-' : !isHexDigit(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is so many hexadecimal digits in lower case. */
    static boolean isHex(String text, int digits) {
        if (text.length() != digits) {
            return false;
        }
        for (int at = 0; at < digits; at++) {
            if (!isHexDigit(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether it may be 16 random bytes in base64url, as tabs, transfers and links are named. */
    public static boolean isRandomName(String text) {
        if (text.length() != RANDOM_NAME_LENGTH) {
            return false;
        }
        for (int at = 0; at < RANDOM_NAME_LENGTH; at++) {
            char letter = text.charAt(at);
            boolean one = isDigit(letter)
                    || (letter >= 'a' && letter <= 'z')
                    || (letter >= 'A' && letter <= 'Z')
                    || letter == '-'
                    || letter == '_';
            if (!one) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexDigit(char letter) {
        return isDigit(letter) || (letter >= 'a' && letter <= 'f');
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
