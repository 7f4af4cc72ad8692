package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a {@link Ledger} the database does not have yet. */
final class ToBeSaved {

    /** Transfers that wait for a database that does not answer. */
    static final int MOST_TRANSFERS = 10_000;

    private final Set<ResourceId> counters = new HashSet<>();
    private final Map<Transfer.Key, Transfer> transfers = new LinkedHashMap<>();

    void changed(ResourceId resource) {
        counters.add(resource);
    }

    void add(Transfer transfer) {
        transfers.put(transfer.key(), transfer);
    }

    void forget(Transfer.Key transfer) {
        transfers.remove(transfer);
    }

    /**
     * All of it, which counts as saved from then on.
     *
     * @param now the counters as they stand
     */
    Unsaved take(Map<ResourceId, Counters> now) {
        Map<ResourceId, Counters> changed = new HashMap<>();
        counters.forEach(resource -> changed.put(resource, now.getOrDefault(resource, Counters.NONE)));
        Unsaved taken = new Unsaved(changed, List.copyOf(transfers.values()));
        counters.clear();
        transfers.clear();
        return taken;
    }

    /** What could not be saved; of a transfer that has been added since, the later state stays. */
    void putBack(Unsaved taken) {
        counters.addAll(taken.counters().keySet());
        taken.transfers().stream()
                .limit(Math.max(0, MOST_TRANSFERS - transfers.size()))
                .forEach(transfer -> transfers.putIfAbsent(transfer.key(), transfer));
    }
}
