package io.hubmesh.permissions;

import io.hubmesh.kernel.ResourceId;
import org.jspecify.annotations.Nullable;

/** Allowed, or denied, and in both cases why. */
public sealed interface Decision {

    boolean allowed();

    /**
     * @param level the highest level that was found
     * @param from the resource whose grant it is, or null when the administrator role allows it
     * @param to the account itself or the group that the grant names, or null when the administrator role allows it
     */
    record Allowed(
            Level level,
            @Nullable ResourceId from,
            @Nullable Grantee to) implements Decision {
        @Override
        public boolean allowed() {
            return true;
        }
    }

    /** @param highest the level that was found and was not enough, or null when there was no grant at all */
    record Denied(@Nullable Level highest) implements Decision {
        @Override
        public boolean allowed() {
            return false;
        }
    }
}
