package io.hubmesh.permissions.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Level;

/** An account's grant on a resource was taken away. @param level that it was */
public record GrantWithdrawn(ResourceId resource, AccountId account, Level level) {}
