package io.hubmesh.permissions.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Level;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked for something that they were not granted, and was refused.
 *
 * @param highest the level that they have; null for none, and then the answer is that there is no such resource
 */
public record AccessDenied(
        AccountId account,
        ResourceId resource,
        Level needed,
        @Nullable Level highest) {}
