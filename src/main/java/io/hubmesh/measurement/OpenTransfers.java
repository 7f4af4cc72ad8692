package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Transfers that run, are paused, or are over and not settled yet, and whose they are. */
final class OpenTransfers {

    private final Map<Transfer.Key, Transfer> transfers = new LinkedHashMap<>();
    private final Map<AccountId, Long> counts = new HashMap<>();
    private final Map<Transfer.Key, PeerId> peers = new HashMap<>();
    private final Set<PeerId> gone = new HashSet<>();

    @Nullable
    Transfer find(Transfer.Key key) {
        return transfers.get(key);
    }

    List<Transfer> all() {
        return List.copyOf(transfers.values());
    }

    /** As a peer has just told it. */
    void put(Transfer transfer, PeerId by) {
        put(transfer);
        peers.put(transfer.key(), by);
        gone.remove(by);
    }

    void put(Transfer transfer) {
        if (transfers.put(transfer.key(), transfer) == null) {
            counts.merge(transfer.key().account(), 1L, Long::sum);
        }
    }

    void remove(Transfer.Key key) {
        if (transfers.remove(key) != null) {
            counts.computeIfPresent(key.account(), (account, count) -> count == 1 ? null : count - 1);
        }
        peers.remove(key);
    }

    long count(AccountId account) {
        return counts.getOrDefault(account, 0L);
    }

    /** Whether no other transfer of the same account and content is open. */
    boolean isAlone(Transfer transfer) {
        return transfers.values().stream()
                .noneMatch(other -> !other.key().equals(transfer.key())
                        && other.content().equals(transfer.content())
                        && other.key().account().equals(transfer.key().account()));
    }

    void left(PeerId peer) {
        if (peers.containsValue(peer)) {
            gone.add(peer);
        }
    }

    /** Forgets those who left and whose transfers are settled. */
    void forgetGone() {
        gone.retainAll(Set.copyOf(peers.values()));
    }

    /** A paused transfer says nothing and is not lost while its peer is there. */
    boolean waits(Transfer transfer) {
        PeerId peer = peers.get(transfer.key());
        return transfer.state() == Transfer.State.PAUSED && peer != null && !gone.contains(peer);
    }
}
