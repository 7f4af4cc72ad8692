package io.hubmesh.permissions.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;

/** An account's grant on a resource was given, raised, lowered or withdrawn. */
public record GrantsChanged(ResourceId resource, AccountId account) {}
