package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import java.util.List;
import java.util.Map;

/**
 * What changed since the ledger was last written down. It belongs together: written whole, or not at all.
 *
 * @param open transfers that were heard of and are not settled
 * @param over transfers that have been settled
 * @param tallies to be added to what is written already
 */
record Unsaved(
        Map<ResourceId, Counters> counters,
        List<Transfer> open,
        List<Transfer> over,
        Map<Tallies.Minute, Tally> tallies) {

    boolean isEmpty() {
        return counters.isEmpty() && open.isEmpty() && over.isEmpty() && tallies.isEmpty();
    }
}
