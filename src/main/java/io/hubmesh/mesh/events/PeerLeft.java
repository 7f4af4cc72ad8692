package io.hubmesh.mesh.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.time.Instant;

/** A browser tab has left the mesh, or was not heard of for too long. */
public record PeerLeft(PeerId peer, AccountId account, Instant at) {}
