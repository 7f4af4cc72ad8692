package io.hubmesh.permissions.events;

import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Grantee;
import io.hubmesh.permissions.Level;

/**
 * An account's or a group's grant on a resource was taken away.
 *
 * @param level that it was
 */
public record GrantWithdrawn(ResourceId resource, Grantee grantee, Level level) {}
