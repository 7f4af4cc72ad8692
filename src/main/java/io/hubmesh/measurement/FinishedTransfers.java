package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import java.util.HashMap;
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
    private final Map<AccountId, Integer> ofAccounts = new HashMap<>();

    void add(Transfer transfer) {
        remove(transfer.key());
        transfers.put(transfer.key(), transfer);
        AccountId account = transfer.key().account();
        if (ofAccounts.merge(account, 1, Integer::sum) > MOST_PER_ACCOUNT) {
            removeOldestOf(account);
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
            ofAccounts.computeIfPresent(key.account(), (account, count) -> count == 1 ? null : count - 1);
        }
    }

    List<Transfer> all() {
        return List.copyOf(transfers.values());
    }

    private void removeOldestOf(AccountId account) {
        transfers.keySet().stream()
                .filter(key -> key.account().equals(account))
                .findFirst()
                .ifPresent(this::remove);
    }
}
