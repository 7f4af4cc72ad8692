package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;

/**
 * A peer's place in a swarm.
 *
 * @param resource the file as which it entered; permission is decided on it
 * @param chunks how many chunks the content has
 */
public record Membership(PeerId peer, AccountId account, ContentId content, ResourceId resource, int chunks) {}
