package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.ticket.Fingerprint;
import java.time.Instant;

/** A browser tab that has joined the mesh. */
public record Peer(PeerId id, AccountId account, Fingerprint fingerprint, Instant joinedAt) {}
