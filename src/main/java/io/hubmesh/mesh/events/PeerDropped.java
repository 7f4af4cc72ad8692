package io.hubmesh.mesh.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;

/** An administrator has put a peer out of the mesh and taken its account's tickets back. */
public record PeerDropped(PeerId peer, AccountId account) {}
