package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transfers that were over last, oldest first; no account can push out more than its share. */
final class FinishedTransfers {

    /** Of one account. */
    static final int MOST_PER_ACCOUNT = 100;

    /** In all. */
    static final int MOST = 1_000;

    private final Map<Transfer.Key, Transfer> transfers = new LinkedHashMap<>();

    void add(Transfer transfer) {
        transfers.remove(transfer.key());
        transfers.put(transfer.key(), transfer);
        AccountId account = transfer.key().account();
        long ofAccount = transfers.keySet().stream()
                .filter(key -> key.account().equals(account))
                .count();
        if (ofAccount > MOST_PER_ACCOUNT) {
            removeOldestOf(account);
        } else if (transfers.size() > MOST) {
            transfers.remove(transfers.keySet().iterator().next());
        }
    }

    @Nullable
    Transfer find(Transfer.Key key) {
        return transfers.get(key);
    }

    void remove(Transfer.Key key) {
        transfers.remove(key);
    }

    List<Transfer> all() {
        return List.copyOf(transfers.values());
    }

    private void removeOldestOf(AccountId account) {
        Iterator<Transfer.Key> keys = transfers.keySet().iterator();
        while (keys.hasNext()) {
            if (keys.next().account().equals(account)) {
                keys.remove();
                return;
            }
        }
    }
}
