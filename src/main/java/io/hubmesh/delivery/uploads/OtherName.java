package io.hubmesh.delivery.uploads;

import java.nio.charset.StandardCharsets;

/** The name that a file gets where its own is taken: {@code report (2).pdf}. */
final class OtherName {

    /** What a name may have, in bytes of UTF-8. */
    private static final int LONGEST = 255;

    private OtherName() {}

    /** @param number 1 for the name itself */
    static String of(String name, int number) {
        if (number == 1) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        String rest = " (" + number + ")" + (dot > 0 ? name.substring(dot) : "");
        while (bytes(base + rest) > LONGEST && !base.isEmpty()) {
            base = base.substring(0, base.offsetByCodePoints(base.length(), -1));
        }
        return base + rest;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
