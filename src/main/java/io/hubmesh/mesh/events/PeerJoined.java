package io.hubmesh.mesh.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.time.Instant;

/** A browser tab has joined the mesh. */
public record PeerJoined(PeerId peer, AccountId account, Instant at) {}
