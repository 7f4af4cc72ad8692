package io.hubmesh.audit.web;

import io.hubmesh.kernel.ProblemCode;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;

/** What records hold for machines, as pages write it. Whatever is not as it was recorded, for somebody has altered it, is given back as it is. */
final class Plain {

    private static final double STEP = 1024;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Plain() {}

    /** A count of bytes: {@code 1536} is {@code 1.5 KiB}. The exports keep the exact count. */
    static String amount(String bytes) {
        try {
            return amount(Long.parseLong(bytes));
        } catch (NumberFormatException altered) {
            return bytes;
        }
    }

    private static String amount(long bytes) {
        double rest = bytes;
        int unit = 0;
        while (rest >= STEP && unit < UNITS.length - 1) {
            rest /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", rest, UNITS[unit]);
    }

    /** A problem's code as its title; other reasons are words already. */
    static String reason(String why) {
        return Stream.of(ProblemCode.values())
                .filter(problem -> problem.code().equals(why))
                .map(problem -> StringUtils.uncapitalize(problem.title()))
                .findFirst()
                .orElse(why);
    }

    /** {@code versionsKept} is "versions kept". */
    static String apart(String name) {
        return name.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
