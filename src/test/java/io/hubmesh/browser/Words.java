package io.hubmesh.browser;

import java.util.Locale;

/** Figures as the pages write them. */
final class Words {

    private static final double KIBIBYTE = 1024;
    private static final double MEBIBYTE = KIBIBYTE * KIBIBYTE;
    private static final double GIBIBYTE = MEBIBYTE * KIBIBYTE;

    private Words() {}

    static String bytes(long count) {
        if (count < KIBIBYTE) {
            return count + " B";
        }
        if (count < MEBIBYTE) {
            return String.format(Locale.ROOT, "%.1f KiB", count / KIBIBYTE);
        }
        return count < GIBIBYTE
                ? String.format(Locale.ROOT, "%.1f MiB", count / MEBIBYTE)
                : String.format(Locale.ROOT, "%.2f GiB", count / GIBIBYTE);
    }

    static String exactBytes(long count) {
        return String.format(Locale.ROOT, count == 1 ? "%,d byte" : "%,d bytes", count);
    }
}
