package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import java.util.List;

/**
 * What one member is to be told because the graph of a swarm has changed.
 *
 * @param named whom it is to connect to
 * @param part whose links are to end
 */
public record Rewiring(PeerId peer, ContentId content, List<PeerId> named, List<PeerId> part) {

    public Rewiring {
        named = List.copyOf(named);
        part = List.copyOf(part);
    }
}
