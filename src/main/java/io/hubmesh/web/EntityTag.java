package io.hubmesh.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of something as it stands in {@code ETag} and {@code If-Match} (RFC 9110, sections 8.8.3 and 13.1.1): a number in quotes. */
public final class EntityTag {

    private static final Pattern SHAPE = Pattern.compile("\"([0-9]{1,18})\"");

    private EntityTag() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that a tag names.
     *
     * @throws ProblemException precondition-failed when it is no tag of this hub's
     */
    public static long version(String tag) {
        Matcher matcher = SHAPE.matcher(tag);
        if (!matcher.matches()) {
            throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
        }
        return Long.parseLong(matcher.group(1));
    }

    /**
     * The version that whoever changes something has to have seen.
     *
     * @throws ProblemException precondition-required when they say none; else as {@link #version}
     */
    public static long required(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new ProblemException(ProblemCode.PRECONDITION_REQUIRED);
        }
        return version(ifMatch);
    }
}
