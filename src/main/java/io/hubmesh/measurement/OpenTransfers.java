package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Transfers that run, are paused, or are over and not settled yet, and whose they are. */
final class OpenTransfers {

    private final Map<Transfer.Key, Place> places = new LinkedHashMap<>();
    private final Map<AccountId, Set<Place>> ofAccounts = new HashMap<>();
    private final Set<PeerId> gone = new HashSet<>();

    /** Where one transfer stands. It is found once for a report, of which there are thousands a second, and changed in place. */
    static final class Place {
        private Transfer transfer;
        private @Nullable PeerId peer;
        private boolean changed;

        private Place(Transfer transfer) {
            this.transfer = transfer;
        }

        Transfer transfer() {
            return transfer;
        }
    }

    @Nullable
    Place find(Transfer.Key key) {
        return places.get(key);
    }

    List<Transfer> all() {
        List<Transfer> all = new ArrayList<>(places.size());
        places.values().forEach(place -> all.add(place.transfer));
        return all;
    }

    /** One that was not open. */
    Place add(Transfer transfer) {
        Place place = new Place(transfer);
        places.put(transfer.key(), place);
        ofAccounts
                .computeIfAbsent(transfer.key().account(), account -> new HashSet<>())
                .add(place);
        return place;
    }

    /** The transfer is now as a peer has just told it. */
    void change(Place place, Transfer now, PeerId by) {
        place.transfer = now;
        place.peer = by;
        place.changed = true;
        gone.remove(by);
    }

    void remove(Transfer.Key key) {
        Place place = places.remove(key);
        if (place != null) {
            Set<Place> own = Objects.requireNonNull(ofAccounts.get(key.account()));
            own.remove(place);
            if (own.isEmpty()) {
                ofAccounts.remove(key.account());
            }
        }
    }

    /** Those that have changed since they were taken last. */
    List<Transfer> takeChanged() {
        List<Transfer> changed = new ArrayList<>();
        for (Place place : places.values()) {
            if (place.changed) {
                changed.add(place.transfer);
                place.changed = false;
            }
        }
        return changed;
    }

    /** What was taken is to be taken again, as it is by then, unless it has been settled. */
    void putBack(Collection<Transfer> taken) {
        for (Transfer transfer : taken) {
            Place place = find(transfer.key());
            if (place != null) {
                place.changed = true;
            }
        }
    }

    int count(AccountId account) {
        return ofAccounts.getOrDefault(account, Set.of()).size();
    }

    /** Whether no other transfer of the same account and content is open. */
    boolean isAlone(Transfer transfer) {
        return ofAccounts.getOrDefault(transfer.key().account(), Set.of()).stream()
                .map(Place::transfer)
                .noneMatch(other ->
                        !other.key().equals(transfer.key()) && other.content().equals(transfer.content()));
    }

    void left(PeerId peer) {
        if (places.values().stream().anyMatch(place -> peer.equals(place.peer))) {
            gone.add(peer);
        }
    }

    /** Forgets those who left and whose transfers are settled. */
    void forgetGone() {
        if (!gone.isEmpty()) {
            gone.retainAll(places.values().stream().map(place -> place.peer).collect(Collectors.toSet()));
        }
    }

    /** A paused transfer says nothing and is not lost while its peer is there. */
    boolean waits(Transfer transfer) {
        Place place = transfer.state() == Transfer.State.PAUSED ? find(transfer.key()) : null;
        return place != null && place.peer != null && !gone.contains(place.peer);
    }
}
