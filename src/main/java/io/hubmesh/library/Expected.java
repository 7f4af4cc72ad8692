package io.hubmesh.library;

import io.hubmesh.web.EntityTag;
import org.jspecify.annotations.Nullable;

/**
 * The state of a resource that whoever changes it believes in, as they say it by {@code If-Match} (RFC 9110, section 13.1.1).
 * Who does not say one changes whatever there is.
 *
 * @param revision null for any
 */
public record Expected(@Nullable Long revision) {

    public static final Expected ANY = new Expected(null);

    /** What an {@code If-Match} header says. @throws ProblemException precondition-failed when it is no tag of this hub's */
    public static Expected of(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return ANY;
        }
        return new Expected(EntityTag.version(ifMatch.strip()));
    }

    /** As it stands in an {@code ETag} header. */
    public static String tag(Resource resource) {
        return EntityTag.of(resource.revision());
    }

    boolean fits(Resource resource) {
        return revision == null || revision == resource.revision();
    }
}
