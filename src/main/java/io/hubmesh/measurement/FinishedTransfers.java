package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The transfers that were over last, oldest first; no account can push out more than its share. */
final class FinishedTransfers {

    /** Of one account. */
    static final int MOST_PER_ACCOUNT = 100;

    /** In all. */
    static final int MOST = 1_000;

    private final Map<Transfer.Key, Transfer> transfers = new LinkedHashMap<>();
    private final Map<AccountId, Set<Transfer.Key>> ofAccounts = new HashMap<>();

    void add(Transfer transfer) {
        remove(transfer.key());
        transfers.put(transfer.key(), transfer);
        Set<Transfer.Key> own = ofAccounts.computeIfAbsent(transfer.key().account(), account -> new LinkedHashSet<>());
        own.add(transfer.key());
        if (own.size() > MOST_PER_ACCOUNT) {
            remove(own.iterator().next());
        } else if (transfers.size() > MOST) {
            remove(transfers.keySet().iterator().next());
        }
    }

    @Nullable
    Transfer find(Transfer.Key key) {
        return transfers.get(key);
    }

    void remove(Transfer.Key key) {
        if (transfers.remove(key) != null) {
            ofAccounts.computeIfPresent(key.account(), (account, own) -> {
                own.remove(key);
                return own.isEmpty() ? null : own;
            });
        }
    }

    List<Transfer> all() {
        return List.copyOf(transfers.values());
    }
}
