package io.hubmesh.kernel;

import java.util.Locale;

/** How counts of bytes are written for people; scripts in the browser write them the same way. */
public final class Bytes {

    private static final double STEP = 1024;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Bytes() {}

    /** {@code 1536} is {@code 1.5 KiB}. */
    public static String inWords(double count) {
        double rest = count;
        int unit = 0;
        while (rest >= STEP && unit < UNITS.length - 1) {
            rest /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", rest, UNITS[unit]);
    }
}
