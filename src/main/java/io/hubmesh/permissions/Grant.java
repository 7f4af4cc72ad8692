package io.hubmesh.permissions;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;

/** A level on a resource (and all below it) for an account or a group. */
public record Grant(ResourceId resource, Grantee grantee, Level level, AccountId grantedBy, Instant grantedAt) {}
