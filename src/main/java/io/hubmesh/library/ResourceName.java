package io.hubmesh.library;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A name that any person's computer can save: no path, no control characters, at most 255 bytes of UTF-8.
 *
 * @param text as it is shown, in Unicode's composed form (NFC)
 * @param key the same for names that people take for the same: case does not count
 */
record ResourceName(String text, String key) {

    /** What common file systems allow. In bytes of UTF-8. */
    private static final int LONGEST = 255;

    /** What stands behind the last dot is no ending when it is longer. In bytes of UTF-8. */
    private static final int LONGEST_ENDING = 24;

    /** For a blank, two brackets and nine digits. In bytes, and in characters of the key. */
    private static final int ROOM_FOR_A_NUMBER = 12;

    private static final String FORBIDDEN = "/\\:*?\"<>|";

    /** Joins emoji. */
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Persian words need it. */
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

    /** Devices, whatever their ending, on one widespread system. */
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);

    /** @throws ProblemException invalid-name */
    static ResourceName of(String wanted) {
        String text = Normalizer.normalize(wanted.strip(), Normalizer.Form.NFC);
        if (text.isEmpty()) {
            throw invalid("A name needs at least one character.");
        }
        if (bytes(text) > LONGEST) {
            throw invalid("That name is too long: at most 255 bytes, fewer letters if they are not plain ones.");
        }
        if (text.equals(".") || text.equals("..") || text.endsWith(".")) {
            throw invalid("A name must not end with a dot.");
        }
        if (DEVICE.matcher(text).matches()) {
            throw invalid("Windows takes that name for a device. Choose another one.");
        }
        text.codePoints().filter(ResourceName::forbidden).findFirst().ifPresent(character -> {
            throw invalid("A name must not hold control characters or any of " + String.join(" ", FORBIDDEN.split("")));
        });
        String key = keyOf(text);
        if (key.length() > LONGEST) { // a few letters become two or three
            throw invalid("That name is too long.");
        }
        return new ResourceName(text, key);
    }

    /** The same name with a number before its ending, shortened where it would be too long: {@code name (2).txt}. */
    ResourceName numbered(int number) {
        return of(stem() + " (" + number + ")" + ending());
    }

    /** What the keys of this name and of all its numbered ones are like, for SQL's {@code like ... escape '!'}. */
    String stemPattern() {
        return literal(keyOf(stem())) + "%";
    }

    /** Whatever it holds stands for itself in SQL's {@code like ... escape '!'}. */
    static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private String ending() {
        int dot = text.lastIndexOf('.');
        String ending = dot > 0 ? text.substring(dot) : "";
        return bytes(ending) <= LONGEST_ENDING ? ending : "";
    }

    private String stem() {
        String ending = ending();
        String stem = text.substring(0, text.length() - ending.length());
        while (bytes(stem) + bytes(ending) + ROOM_FOR_A_NUMBER > LONGEST
                || keyOf(stem + ending).length() + ROOM_FOR_A_NUMBER > LONGEST) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem.strip();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String keyOf(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static boolean forbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                character != ZERO_WIDTH_JOINER && character != ZERO_WIDTH_NON_JOINER;
            default -> FORBIDDEN.indexOf(character) >= 0;
        };
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.INVALID_NAME, detail);
    }
}
