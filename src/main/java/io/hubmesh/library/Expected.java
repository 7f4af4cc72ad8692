package io.hubmesh.library;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The state of a resource that whoever changes it believes in, as they say it by {@code If-Match} (RFC 9110, section 13.1.1).
 * Who does not say one changes whatever there is.
 *
 * @param revision null for any
 */
public record Expected(@Nullable Long revision) {

    public static final Expected ANY = new Expected(null);

    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

    /** @throws ProblemException precondition-failed when it is no tag of this hub's */
    public static Expected of(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return ANY;
        }
        Matcher matcher = TAG.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
        }
        return new Expected(Long.parseLong(matcher.group(1)));
    }

    /** As it stands in an {@code ETag} header. */
    public static String tag(Resource resource) {
        return "\"" + resource.revision() + "\"";
    }

    boolean fits(Resource resource) {
        return revision == null || revision == resource.revision();
    }
}
