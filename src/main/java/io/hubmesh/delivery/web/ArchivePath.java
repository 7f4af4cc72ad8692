package io.hubmesh.delivery.web;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How things are called in an archive. The library lets no name in that could lead out of the folder in which it is unpacked;
 * this holds for whatever it lets in one day.
 */
final class ArchivePath {

    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cntrl}\\\\/:*?\"<>|\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private ArchivePath() {}

    /** A name that stays one name wherever it is unpacked. */
    static String step(String name) {
        String safe = UNSAFE.matcher(name).replaceAll("_").strip();
        while (safe.endsWith(".")) {
            safe = safe.substring(0, safe.length() - 1) + "_";
        }
        return safe.isEmpty() || DEVICE.matcher(safe.toLowerCase(Locale.ROOT)).matches() ? "_" + safe : safe;
    }
}
