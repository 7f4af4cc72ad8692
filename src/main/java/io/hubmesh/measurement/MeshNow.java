package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the mesh looks like at this moment. */
interface MeshNow {

    /** @param swarms how many it is in */
    record PeerNow(PeerId peer, AccountId account, Instant joinedAt, int swarms) {}

    List<PeerNow> peers();

    /** How many peers hold something of each content. */
    Map<ContentId, Integer> holders(Collection<ContentId> contents);
}
