package io.hubmesh.measurement;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The ledger at one moment.
 *
 * @param counters of every resource that was ever delivered, what running transfers claim included
 * @param transfers the newest first
 * @param uploads what peers say they gave and took of each content since the hub started
 */
record Snapshot(
        Instant at,
        Map<ResourceId, Counters> counters,
        List<Transfer> transfers,
        Map<ContentId, UploadBalances.Balance> uploads) {}
