package io.hubmesh.delivery.events;

import org.jspecify.annotations.Nullable;

/**
 * An administrator has limited what the hub sends, or lifted the limits.
 *
 * @param hub of all downloads together, in bytes a second; null for no limit
 * @param account of all downloads of one account together, in bytes a second; null for no limit
 */
public record EgressCapsChanged(
        @Nullable Long hub, @Nullable Long account) {}
