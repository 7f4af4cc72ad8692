package io.hubmesh.library;

import io.hubmesh.permissions.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the part behind it; null when there is none
 */
public record ResourcePage(List<Item> items, @Nullable String next) {

    /** As many as a page shows at once. */
    public static final int USUAL = 100;

    /** Bounds what one request costs. */
    public static final int MOST = 500;

    public ResourcePage {
        items = List.copyOf(items);
    }

    /** @param level the highest that the one who asks has on it */
    public record Item(Resource resource, Level level) {}
}
