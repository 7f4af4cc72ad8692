package io.hubmesh.mesh.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;

/** The hub sent a chunk to a peer under a lease. Counted by the hub itself. @param bytes of the chunk */
public record LeaseServed(AccountId account, ResourceId resource, ContentId content, long bytes, Instant at) {}
