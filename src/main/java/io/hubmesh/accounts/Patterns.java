package io.hubmesh.accounts;

import java.util.Locale;

/** Patterns for the database's {@code like}, with {@code !} as the escape. */
final class Patterns {

    private Patterns() {}

    /** Whatever begins with this text, taken literally, in small letters. */
    static String beginningWith(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
    }

    /** Whatever contains this text, as above. */
    static String containing(String text) {
        return "%" + beginningWith(text);
    }
}
