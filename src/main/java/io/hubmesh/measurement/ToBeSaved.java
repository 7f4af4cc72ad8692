package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import java.util.Collection;
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
    private final Map<Transfer.Key, Transfer> open = new LinkedHashMap<>();
    private final Map<Transfer.Key, Transfer> over = new LinkedHashMap<>();
    private final Tallies tallies = new Tallies();

    void changed(ResourceId resource) {
        counters.add(resource);
    }

    Tallies tallies() {
        return tallies;
    }

    /** One that is not settled, or is open again. */
    void open(Transfer transfer) {
        over.remove(transfer.key());
        open.put(transfer.key(), transfer);
    }

    /** One that is settled. */
    void over(Transfer transfer) {
        open.remove(transfer.key());
        over.put(transfer.key(), transfer);
    }

    /**
     * All of it, which counts as saved from then on.
     *
     * @param now the counters as they stand
     */
    Unsaved take(Map<ResourceId, Counters> now) {
        Map<ResourceId, Counters> changed = new HashMap<>();
        counters.forEach(resource -> changed.put(resource, now.getOrDefault(resource, Counters.NONE)));
        Unsaved taken = new Unsaved(changed, List.copyOf(open.values()), List.copyOf(over.values()), tallies.take());
        counters.clear();
        open.clear();
        over.clear();
        return taken;
    }

    /** What could not be saved; of a transfer that has been heard of since, the later state stays. */
    void putBack(Unsaved taken) {
        counters.addAll(taken.counters().keySet());
        putBack(taken.open(), open, over);
        putBack(taken.over(), over, open);
        tallies.putBack(taken.tallies());
    }

    private static void putBack(
            Collection<Transfer> taken, Map<Transfer.Key, Transfer> to, Map<Transfer.Key, Transfer> other) {
        taken.stream()
                .filter(transfer -> !other.containsKey(transfer.key()))
                .limit(Math.max(0, MOST_TRANSFERS - to.size()))
                .forEach(transfer -> to.putIfAbsent(transfer.key(), transfer));
    }
}
