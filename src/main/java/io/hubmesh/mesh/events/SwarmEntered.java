package io.hubmesh.mesh.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;

/** A peer was given a ticket for a content and let into its swarm, for the first time or again. */
public record SwarmEntered(PeerId peer, AccountId account, ResourceId resource, ContentId content, Instant at) {}
