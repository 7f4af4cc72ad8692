package io.hubmesh.measurement;

import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
    /** Of what the hub counted and of settled transfers. */
    private final Map<ResourceId, Counters> counters = new HashMap<>();

    private final OpenTransfers open = new OpenTransfers();
    private final FinishedTransfers finished = new FinishedTransfers();
    private final LeaseBalances leases = new LeaseBalances();
    private final UploadBalances uploads = new UploadBalances();
    private final ToBeSaved unsaved = new ToBeSaved();
    private final Sums sums;
    private long lostLinks;
    private long version;

    /**
     * @param names makes a fresh name for a download from the hub, which has none of its own
     * @param kept of earlier runs; a transfer that was open has the usual time to be heard of again
     */
    Ledger(Clock clock, Supplier<String> names, Kept kept) {
        this.clock = clock;
        this.names = names;
        this.since = clock.instant();
        this.sums = new Sums(kept);
        this.counters.putAll(kept.counters());
        kept.over().forEach(finished::add);
        kept.open().forEach(transfer -> open.add(transfer.in(transfer.state(), since)));
    }

    /** The hub answered a download. */
    synchronized void delivered(HubDelivered delivered) {
        count(delivered.resource(), Counters.download(delivered.bytes(), delivered.whole(), clock.instant()));
    }

    /** The hub sent a whole file in one answer, which is a transfer; a part of it is bytes and nothing more. */
    synchronized void sent(HubSent sent, String name) {
        finish(Transfer.fromTheHub(sent, names.get(), name, clock.instant()));
    }

    /** The hub sent a chunk under a lease. */
    synchronized void served(LeaseServed served) {
        Instant now = clock.instant();
        count(served.resource(), Counters.lease(served.bytes(), now));
        leases.served(served.account(), served.content(), served.bytes(), now);
    }

    /** A receiver said how far it is; false when the ledger does not know of such a transfer yet, and nothing is done. */
    synchronized boolean heard(TransferReported report) {
        Instant now = clock.instant();
        Transfer.Key key = Transfer.Key.of(report);
        OpenTransfers.Place place = open.find(key);
        Transfer over = place == null ? finished.find(key) : null;
        if (over != null && over.state().mayGoOn() && hasRoom(report)) {
            place = goOn(over, now);
        }
        if (place != null && place.transfer().state().mayGoOn()) {
            take(place, report, now);
        }
        return place != null || over != null;
    }

    /** The same of one that may just have begun. */
    synchronized void reported(TransferReported report, String name) {
        Instant now = clock.instant();
        if (!heard(report) && hasRoom(report) && Claims.believableStart(report, now)) {
            take(open(Transfer.begun(report, name, now)), report, now);
        }
    }

    /** A sender said how much it gave. */
    synchronized void gave(UploadReported report) {
        uploads.gave(report);
        version++;
    }

    /** The peer left; its transfers may be taken up again by the same member for {@link #SILENCE}. */
    synchronized void left(PeerId peer) {
        open.left(peer);
    }

    /**
     * How the mesh is now; to be told about once a second, and when somebody has come.
     *
     * @param peers in it
     * @param lost links told lost since the hub started
     */
    synchronized void mesh(int peers, long lost) {
        long more = Math.max(0, lost - lostLinks); // two threads tell it, and the later one may come first
        lostLinks += more;
        unsaved.tallies().mesh(peers, more, clock.instant());
    }

    /** Ends transfers that fell silent and settles those that are over. To be called about once a second. */
    synchronized void tick() {
        Instant now = clock.instant();
        for (Transfer transfer : open.all()) {
            boolean over = transfer.state().isOver();
            Instant longAgo = now.minus(over ? SETTLING : SILENCE);
            if (!transfer.updatedAt().isAfter(longAgo) && (over || !open.waits(transfer))) {
                settle(over ? transfer : transfer.in(Transfer.State.LOST, now));
            }
        }
        open.forgetGone();
        leases.forgetOld(open::all, now);
    }

    /** Grows with every change. */
    synchronized long version() {
        return version;
    }

    /** The newest transfers first; of those that began in one millisecond, those that go on. */
    synchronized Snapshot snapshot() {
        Map<ResourceId, Counters> all = new HashMap<>(counters);
        for (Transfer transfer : open.all()) {
            all.merge(transfer.resource(), Counters.claim(transfer), Counters::plus);
        }
        List<Transfer> transfers = new ArrayList<>(open.all());
        transfers.addAll(finished.all());
        transfers.sort(Comparator.comparing(Transfer::startedAt)
                .thenComparing(Transfer::updatedAt)
                .reversed());
        return new Snapshot(clock.instant(), all, transfers, uploads.all());
    }

    synchronized Totals totals() {
        return sums.told(open.all());
    }

    /** What is to be written down; it counts as written until {@link #notSaved} says otherwise. */
    synchronized Unsaved takeUnsaved() {
        return unsaved.take(counters, open);
    }

    /** Takes back what could not be written, to be tried again. */
    synchronized void notSaved(Unsaved taken) {
        unsaved.putBack(taken, open);
    }

    /** Settles at once whatever is over; for the end of the hub. */
    synchronized void close() {
        open.all().stream().filter(transfer -> transfer.state().isOver()).forEach(this::settle);
    }

    /** How many of an account's transfers are held open. */
    synchronized long open(AccountId account) {
        return open.count(account);
    }

    /** What cannot be so is not taken over, and the transfer is marked. */
    private void take(OpenTransfers.Place place, TransferReported report, Instant now) {
        Transfer known = place.transfer();
        Transfer heard = known.heard(report, now);
        Transfer next = heard.doubting(Claims.gap(heard));
        uploads.took(known, next);
        sums.changed(known, next);
        open.change(place, next, report.peer());
        tally(next.resource(), Counters.claim(next).minus(Counters.claim(known)), now);
        version++;
    }

    /** Begins a transfer, or one that was settled again: what is to be written of its end does not count any more. */
    private OpenTransfers.Place open(Transfer transfer) {
        unsaved.openAgain(transfer.key());
        return open.add(transfer);
    }

    private boolean hasRoom(TransferReported report) {
        return open.count(report.account()) < MOST_RUNNING_PER_ACCOUNT;
    }

    /** A peer that was thought lost is back, or a download is taken up again: what was settled is open again. */
    private OpenTransfers.Place goOn(Transfer settled, Instant now) {
        finished.remove(settled.key());
        add(settled.resource(), Counters.NONE.minus(Counters.claim(settled)));
        leases.unsettle(settled, now);
        return open(settled.in(Transfer.State.RUNNING, now));
    }

    private void settle(Transfer transfer) {
        open.remove(transfer.key());
        Instant now = clock.instant();
        String difference = leases.settle(transfer, open.isAlone(transfer), now);
        Transfer over = transfer.state() == Transfer.State.COMPLETED
                ? transfer.doubting(Claims.doubt(transfer, difference, since))
                : transfer;
        add(over.resource(), Counters.claim(over).plus(Counters.saved(over)));
        sums.changed(transfer, over);
        sums.delivered(Counters.saved(over));
        finish(over);
    }

    private void finish(Transfer transfer) {
        finished.add(transfer);
        unsaved.over(transfer);
        sums.ended(transfer);
        version++;
    }

    /** What the hub counted itself. */
    private void count(ResourceId resource, Counters more) {
        add(resource, more);
        tally(resource, more, more.changedAt());
    }

    private void add(ResourceId resource, Counters more) {
        counters.merge(resource, more, Counters::plus);
        unsaved.changed(resource);
        version++;
    }

    private void tally(ResourceId resource, Counters more, Instant now) {
        if (!more.isNothing()) {
            sums.delivered(more);
            unsaved.tallies().count(resource, more, now);
        }
    }
}
