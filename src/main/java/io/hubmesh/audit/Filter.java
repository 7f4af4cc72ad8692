package io.hubmesh.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which records somebody wants to see; what is null or empty leaves nothing out.
 *
 * @param actor part of an account's name
 * @param object an id, or part of a name
 * @param from the first instant
 * @param until the first instant that is no longer wanted
 * @param text part of a name, an address, an id or a detail
 */
public record Filter(
        @Nullable String actor,
        @Nullable Action action,
        @Nullable String object,
        @Nullable Outcome outcome,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String text) {

    public static final Filter ALL = new Filter(null, null, null, null, null, null, null);

    /** In characters; whatever is longer is in no record. */
    static final int LONGEST = 255;

    public Filter {
        actor = plain(actor);
        object = plain(object);
        text = plain(text);
    }

    public boolean isAll() {
        return equals(ALL);
    }

    private static @Nullable String plain(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String plain = text.strip().toLowerCase(Locale.ROOT);
        return plain.substring(0, Math.min(plain.length(), LONGEST));
    }
}
