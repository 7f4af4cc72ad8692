package io.hubmesh.measurement;

import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.UploadReported;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who sent how much, in memory: what the hub counts is ground truth, what receivers report is a claim that is bounded and
 * held against it. Safe for use by several threads; knows neither Spring nor the database.
 */
final class Ledger {

    /** Reports come about once a second; a peer that was not heard of for this long is gone, or asleep. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    /** How long the hub's own count of a lease may come after the report that the transfer is over. */
    static final Duration SETTLING = Duration.ofSeconds(2);

    /** Running or paused, of one account. Bounds what one client can make the hub remember. */
    static final int MOST_RUNNING_PER_ACCOUNT = 32;

    private final Clock clock;
    private final Supplier<String> names;
    private final Instant since;
    private final Map<ResourceId, Counters> counters = new HashMap<>();
    /** Running, paused, and those that are over and not settled yet. */
    private final Map<Transfer.Key, Transfer> open = new LinkedHashMap<>();

    private final Map<Transfer.Key, PeerId> peers = new HashMap<>();
    private final FinishedTransfers finished = new FinishedTransfers();
    private final LeaseBalances leases = new LeaseBalances();
    private final UploadBalances uploads = new UploadBalances();
    private final Set<PeerId> gone = new HashSet<>();
    private final ToBeSaved unsaved = new ToBeSaved();
    private long version;

    /**
     * @param names makes a fresh name for a download from the hub, which has none of its own
     * @param counters of earlier runs
     * @param earlier transfers of earlier runs, oldest first
     */
    Ledger(Clock clock, Supplier<String> names, Map<ResourceId, Counters> counters, Collection<Transfer> earlier) {
        this.clock = clock;
        this.names = names;
        this.since = clock.instant();
        this.counters.putAll(counters);
        earlier.forEach(finished::add);
    }

    /** The hub answered a download. The whole file in one answer is a transfer; a part of it is bytes and nothing more. */
    synchronized void delivered(HubDelivered delivered, String name) {
        Instant now = clock.instant();
        count(delivered.resource(), old -> old.plusHub(delivered.bytes(), delivered.whole(), now));
        if (delivered.whole()) {
            finish(Transfer.fromTheHub(delivered, names.get(), name, now));
        }
    }

    /** The hub sent a chunk under a lease. */
    synchronized void served(LeaseServed served) {
        Instant now = clock.instant();
        count(served.resource(), old -> old.plusLease(served.bytes(), now));
        leases.served(served.account(), served.content(), served.bytes(), now);
    }

    synchronized boolean knows(Transfer.Key key) {
        return open.containsKey(key) || finished.find(key) != null;
    }

    /** A receiver said how far it is. What cannot be so is not taken over, and the transfer is marked. */
    synchronized void reported(TransferReported report, String name) {
        Instant now = clock.instant();
        Transfer.Key key = new Transfer.Key(report.account(), report.transfer());
        Transfer known = current(key, report, name, now);
        if (known == null) {
            return;
        }
        String refusal = Claims.refusal(known, report);
        Transfer next = (refusal == null
                        ? known.counting(
                                        report.held(),
                                        report.fromHub(),
                                        report.fromPeers(),
                                        report.relayed(),
                                        Math.max(known.wasted(), report.wasted()))
                                .begunAfter(report.firstByte())
                        : known.doubting(refusal))
                .in(Transfer.State.valueOf(report.state().name()), now);
        uploads.took(known, next);
        open.put(key, next.doubting(Claims.gap(next)));
        peers.put(key, report.peer());
        gone.remove(report.peer());
        version++;
    }

    /** A sender said how much it gave. */
    synchronized void gave(UploadReported report) {
        uploads.gave(report);
        version++;
    }

    /** The peer left; its transfers may be taken up again by the same member for {@link #SILENCE}. */
    synchronized void left(PeerId peer) {
        if (peers.containsValue(peer)) {
            gone.add(peer);
        }
    }

    /** Ends transfers that fell silent and settles those that are over. To be called about once a second. */
    synchronized void tick() {
        Instant now = clock.instant();
        for (Transfer transfer : List.copyOf(open.values())) {
            Duration quiet = Duration.between(transfer.updatedAt(), now);
            if (transfer.state().isOver()) {
                if (quiet.compareTo(SETTLING) >= 0) {
                    settle(transfer);
                }
            } else if (quiet.compareTo(SILENCE) >= 0 && !waits(transfer)) {
                Transfer lost = transfer.in(Transfer.State.LOST, now);
                open.put(lost.key(), lost);
                settle(lost);
            }
        }
        gone.retainAll(Set.copyOf(peers.values()));
        leases.forgetOld(open.values(), now);
    }

    /** Grows with every change. */
    synchronized long version() {
        return version;
    }

    synchronized Snapshot snapshot() {
        Map<ResourceId, Counters> all = new HashMap<>(counters);
        for (Transfer transfer : open.values()) {
            all.put(transfer.resource(), of(all, transfer.resource()).plusClaim(transfer));
        }
        List<Transfer> transfers = new ArrayList<>(finished.all());
        transfers.addAll(open.values());
        transfers.sort(Comparator.comparing(Transfer::startedAt)
                .thenComparing(Transfer::updatedAt)
                .reversed());
        return new Snapshot(clock.instant(), all, transfers, uploads.all());
    }

    /** What is to be written down; it counts as written until {@link #notSaved} says otherwise. */
    synchronized Unsaved takeUnsaved() {
        return unsaved.take(counters);
    }

    /** Takes back what could not be written, to be tried again. */
    synchronized void notSaved(Unsaved taken) {
        unsaved.putBack(taken);
    }

    /** Settles at once whatever is over; for the end of the hub. */
    synchronized void close() {
        List.copyOf(open.values()).stream()
                .filter(transfer -> transfer.state().isOver())
                .forEach(this::settle);
    }

    /** A paused transfer says nothing and is not lost while its peer is there. */
    private boolean waits(Transfer transfer) {
        return transfer.state() == Transfer.State.PAUSED && !gone.contains(peers.get(transfer.key()));
    }

    /** The transfer that a report speaks of; null when it may not begin, or is over for good. */
    private @Nullable Transfer current(Transfer.Key key, TransferReported report, String name, Instant now) {
        Transfer known = open.get(key);
        if (known != null) {
            return known.state().mayGoOn() ? known : null;
        }
        if (open(key.account()) >= MOST_RUNNING_PER_ACCOUNT) {
            return null;
        }
        Transfer before = finished.find(key);
        if (before != null) {
            return before.state().mayGoOn() ? goOn(before, now) : null;
        }
        return Claims.believableStart(report, now) ? Transfer.begun(key, report, name, now) : null;
    }

    /** A peer that was thought lost is back, or a download is taken up again: what was settled is open again. */
    private Transfer goOn(Transfer settled, Instant now) {
        finished.remove(settled.key());
        unsaved.forget(settled.key());
        count(settled.resource(), old -> old.minusClaim(settled));
        leases.unsettle(settled, now);
        return settled.in(Transfer.State.RUNNING, now);
    }

    private void settle(Transfer transfer) {
        open.remove(transfer.key());
        peers.remove(transfer.key());
        boolean alone = open.values().stream()
                .noneMatch(other -> other.content().equals(transfer.content())
                        && other.key().account().equals(transfer.key().account()));
        String difference = leases.settle(transfer, alone, clock.instant());
        Transfer over = transfer.state() == Transfer.State.COMPLETED
                ? transfer.doubting(doubt(transfer, difference))
                : transfer;
        count(over.resource(), old -> old.plusClaim(over).plusSaved(over));
        finish(over);
    }

    private @Nullable String doubt(Transfer transfer, @Nullable String difference) {
        return transfer.startedAt().isBefore(since) && difference != null
                ? "It began before the hub last started; what it had from the hub cannot be checked."
                : difference;
    }

    private void finish(Transfer transfer) {
        finished.add(transfer);
        unsaved.add(transfer);
        version++;
    }

    private void count(ResourceId resource, UnaryOperator<Counters> change) {
        counters.put(resource, change.apply(of(counters, resource)));
        unsaved.changed(resource);
        version++;
    }

    private static Counters of(Map<ResourceId, Counters> counters, ResourceId resource) {
        return counters.getOrDefault(resource, Counters.NONE);
    }

    /** How many of an account's transfers are held open. */
    synchronized long open(AccountId account) {
        return open.keySet().stream()
                .filter(key -> key.account().equals(account))
                .count();
    }
}
