package io.hubmesh.permissions;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;

/** A level on a resource (and all below it) for an account. */
public record Grant(ResourceId resource, AccountId account, Level level, AccountId grantedBy, Instant grantedAt) {}
