package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a {@link Ledger} the database does not have yet, but for transfers that are open, which know it themselves. */
final class ToBeSaved {

    /** Settled transfers that wait for a database that does not answer. */
    static final int MOST_TRANSFERS = 10_000;

    private final Set<ResourceId> counters = new HashSet<>();
    private final Map<Transfer.Key, Transfer> over = new LinkedHashMap<>();

    /** Those of {@link #over} that came from the hub, by account, oldest first. */
    private final Map<AccountId, Deque<Transfer.Key>> downloads = new HashMap<>();

    private final Tallies tallies = new Tallies();

    void changed(ResourceId resource) {
        counters.add(resource);
    }

    Tallies tallies() {
        return tallies;
    }

    /** One that is open again. */
    void openAgain(Transfer.Key key) {
        over.remove(key);
    }

    /**
     * One that is settled. Of an account's downloads from the hub, which may be thousands a second, only as many wait as are kept: to write the others would
     * be to remove them again at once. They were never open, so that nothing else has to be written of them.
     */
    void over(Transfer transfer) {
        over.put(transfer.key(), transfer);
        if (transfer.model() == Transfer.Model.HUB) {
            Deque<Transfer.Key> own =
                    downloads.computeIfAbsent(transfer.key().account(), account -> new ArrayDeque<>());
            own.add(transfer.key());
            if (own.size() > Books.MOST_TRANSFERS_PER_ACCOUNT) {
                over.remove(own.remove());
            }
        }
    }

    /**
     * All of it, which counts as saved from then on.
     *
     * @param now the counters as they stand
     * @param open transfers
     */
    Unsaved take(Map<ResourceId, Counters> now, OpenTransfers open) {
        Map<ResourceId, Counters> changed = new HashMap<>();
        counters.forEach(resource -> changed.put(resource, now.getOrDefault(resource, Counters.NONE)));
        Unsaved taken = new Unsaved(changed, open.takeChanged(), List.copyOf(over.values()), tallies.take());
        counters.clear();
        over.clear();
        downloads.clear();
        return taken;
    }

    /** What could not be saved; of a transfer that has been heard of since, the later state stays. */
    void putBack(Unsaved taken, OpenTransfers open) {
        counters.addAll(taken.counters().keySet());
        open.putBack(taken.open());
        List<Transfer> since = List.copyOf(over.values());
        over.clear();
        downloads.clear();
        taken.over().stream()
                .filter(transfer -> open.find(transfer.key()) == null)
                .limit(Math.max(0, MOST_TRANSFERS - since.size()))
                .forEach(this::over);
        since.forEach(this::over);
        tallies.putBack(taken.tallies());
    }
}
