package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import java.util.List;
import java.util.Map;

/**
 * What an earlier run of the hub has left behind.
 *
 * @param counters of every resource, without what open transfers claim
 * @param over transfers that are settled, the one that was over first first
 * @param open transfers that were not settled, as they were counted last
 */
record Kept(Map<ResourceId, Counters> counters, List<Transfer> over, List<Transfer> open) {

    static final Kept NOTHING = new Kept(Map.of(), List.of(), List.of());
}
