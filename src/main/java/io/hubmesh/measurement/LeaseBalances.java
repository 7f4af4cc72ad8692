package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the hub sent under leases and no finished transfer has accounted for yet, by account and content. A transfer's
 * claim is held against it when the transfer is over.
 */
final class LeaseBalances {

    /** Bounds memory against an account that fetches under leases and never reports. */
    static final int MOST = 10_000;

    /** A lease lives one minute; what is older than this belongs to no transfer that is yet to be heard of. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private record Place(AccountId account, ContentId content) {
        static Place of(Transfer transfer) {
            return new Place(transfer.key().account(), transfer.content());
        }
    }

    /** @param shared several transfers drew on it, so that what is left over cannot be laid at one's door */
    private record Balance(long bytes, boolean shared, Instant at) {}

    private final Map<Place, Balance> balances = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Balance> eldest) {
            return size() > MOST;
        }
    };

    void served(AccountId account, ContentId content, long bytes, Instant now) {
        balances.merge(
                new Place(account, content),
                new Balance(bytes, false, now),
                (old, more) -> new Balance(old.bytes() + more.bytes(), old.shared(), now));
    }

    /**
     * Accounts for a transfer that is over.
     *
     * @param alone whether no other transfer of the same account and content goes on
     * @return how its claim and the hub's count differ, in a sentence; null when they agree
     */
    @Nullable
    String settle(Transfer transfer, boolean alone, Instant now) {
        Place place = Place.of(transfer);
        Balance balance = balances.getOrDefault(place, new Balance(0, false, now));
        boolean tooMuch = transfer.fromHub() > balance.bytes();
        boolean tooLittle = alone && !balance.shared() && balance.bytes() - transfer.fromHub() > transfer.wasted();
        if (alone) {
            balances.remove(place);
        } else {
            balances.put(place, new Balance(Math.max(0, balance.bytes() - transfer.fromHub()), true, now));
        }
        return tooMuch || tooLittle
                ? Claims.text(
                        "The peer says %,d bytes came from the hub; the hub sent it %,d under leases.",
                        transfer.fromHub(), balance.bytes())
                : null;
    }

    /** Undoes {@link #settle} for a transfer that turns out to go on. */
    void unsettle(Transfer transfer, Instant now) {
        served(transfer.key().account(), transfer.content(), transfer.fromHub(), now);
    }

    /** Forgets what no transfer will account for any more; one that is open still may, however long it was paused. */
    void forgetOld(Supplier<? extends Collection<Transfer>> open, Instant now) {
        Instant oldest = now.minus(KEPT);
        if (balances.values().stream().anyMatch(balance -> balance.at().isBefore(oldest))) {
            Set<Place> needed = open.get().stream().map(Place::of).collect(Collectors.toSet());
            balances.entrySet()
                    .removeIf(entry -> entry.getValue().at().isBefore(oldest) && !needed.contains(entry.getKey()));
        }
    }
}
