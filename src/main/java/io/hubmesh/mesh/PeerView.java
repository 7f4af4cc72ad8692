package io.hubmesh.mesh;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.time.Instant;

/**
 * A peer as the dashboard sees it.
 *
 * @param swarms how many swarms it is in
 */
public record PeerView(PeerId peer, AccountId account, Instant joinedAt, int swarms) {}
