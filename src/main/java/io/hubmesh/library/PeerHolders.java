package io.hubmesh.library;

import io.hubmesh.kernel.ContentId;
import java.util.Collection;
import java.util.Map;

/** Who knows which peers hold what. The mesh does; the library shows it beside its files. */
public interface PeerHolders {

    /** How many peers are online that hold all or some of each content; has an entry for each. */
    Map<ContentId, Integer> peersHolding(Collection<ContentId> contents);
}
