package io.hubmesh.mesh.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;

/** A peer was not let into a swarm. */
public record SwarmRefused(PeerId peer, AccountId account, ResourceId resource, ProblemCode code, Instant at) {}
