package io.hubmesh.audit.web;

import io.hubmesh.kernel.Bytes;
import io.hubmesh.kernel.ProblemCode;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;

/** What records hold for machines, as pages write it. Whatever is not as it was recorded, for somebody has altered it, is given back as it is. */
final class Plain {

    private Plain() {}

    /** A count of bytes: {@code 1536} is {@code 1.5 KiB}. The exports keep the exact count. */
    static String amount(String bytes) {
        try {
            return Bytes.inWords(Long.parseLong(bytes));
        } catch (NumberFormatException altered) {
            return bytes;
        }
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
