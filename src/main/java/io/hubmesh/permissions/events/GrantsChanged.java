package io.hubmesh.permissions.events;

import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Grantee;

/** An account's or a group's grant on a resource was given, raised, lowered or withdrawn; by the time it is told after the commit, decisions know. */
public record GrantsChanged(ResourceId resource, Grantee grantee) {}
