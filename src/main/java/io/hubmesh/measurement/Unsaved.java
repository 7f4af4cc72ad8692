package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import java.util.List;
import java.util.Map;

/** What changed since the ledger was last written down. Running transfers are not in it. */
record Unsaved(Map<ResourceId, Counters> counters, List<Transfer> transfers) {

    boolean isEmpty() {
        return counters.isEmpty() && transfers.isEmpty();
    }
}
