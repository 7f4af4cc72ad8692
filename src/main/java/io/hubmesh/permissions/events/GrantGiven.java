package io.hubmesh.permissions.events;

import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Grantee;
import io.hubmesh.permissions.Level;
import org.jspecify.annotations.Nullable;

/**
 * An account or a group was given a level on a resource.
 *
 * @param before the level that it had there until now; null for none
 */
public record GrantGiven(
        ResourceId resource,
        Grantee grantee,
        Level level,
        @Nullable Level before) {}
