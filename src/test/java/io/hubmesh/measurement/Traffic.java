package io.hubmesh.measurement;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.library.Resource;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.TransferReported.Model;
import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationEventPublisher;

/** Deliveries whose sizes and sources are decided beforehand, told as the other rooms tell them. To be imported. */
@TestComponent
public class Traffic {

    /** Of the file that everything is about. */
    public static final int SIZE = 1_000;

    public static final long HUB_BYTES = SIZE + 10;
    public static final long LEASE_BYTES = 300;
    public static final long PEER_BYTES = 700 + 1_000 + 250;
    public static final long SAVED_BYTES = 700 + 1_000;
    public static final long WASTED_BYTES = 40;
    public static final long RELAYED_BYTES = 100;
    public static final long HUB_DOWNLOADS = 1;
    public static final long MESH_DOWNLOADS = 2;
    public static final long DISCREPANCIES = 1;

    private static final PeerId PEER = new PeerId("v".repeat(22));

    private final ApplicationEventPublisher events;
    private final Recorder reports;
    private final Ledger ledger;
    private final Bookkeeping bookkeeping;
    private final Clock clock;
    private long lost;

    Traffic(ApplicationEventPublisher events, Recorder reports, Ledger ledger, Bookkeeping bookkeeping, Clock clock) {
        this.events = events;
        this.reports = reports;
        this.ledger = ledger;
        this.bookkeeping = bookkeeping;
        this.clock = clock;
    }

    /**
     * One whole download and a part of one from the hub; one transfer from both, one from peers alone, and one whose peer says what cannot be after
     * a quarter of the file: that is not counted, and shown.
     */
    public void happen(Subject member, Resource file) {
        download(member, file, SIZE);
        download(member, file, 10);
        lease(member, file, LEASE_BYTES);
        String both = fresh();
        report(member, file, both, Model.AUTOMATIC, State.RUNNING, 100, 200, 0, 0);
        report(member, file, both, Model.AUTOMATIC, State.COMPLETED, 300, 700, RELAYED_BYTES, 0);
        ledger.close();
        report(member, file, fresh(), Model.PEERS, State.COMPLETED, 0, SIZE, 0, WASTED_BYTES);
        String liar = fresh();
        report(member, file, liar, Model.PEERS, State.RUNNING, 0, 250, 0, 0);
        report(member, file, liar, Model.PEERS, State.COMPLETED, 0, Long.MAX_VALUE, 0, Long.MAX_VALUE);
        ledger.close();
    }

    /** @param more told since the last time */
    public void lostLinks(int more) {
        lost += more;
        ledger.mesh(0, lost);
    }

    /** As it happens every few seconds. */
    public void writeDown() {
        bookkeeping.save();
    }

    private void download(Subject member, Resource file, long bytes) {
        Instant now = clock.instant();
        reports.delivered(new HubDelivered(member.accountId(), file.id(), content(file), bytes, bytes == SIZE, now));
        if (bytes == SIZE) {
            reports.sent(new HubSent(member.accountId(), file.id(), content(file), bytes, now));
        }
    }

    private void lease(Subject member, Resource file, long bytes) {
        events.publishEvent(new LeaseServed(member.accountId(), file.id(), content(file), bytes, clock.instant()));
    }

    private void report(
            Subject member,
            Resource file,
            String transfer,
            Model model,
            State state,
            long hubBytes,
            long peerBytes,
            long relayed,
            long wasted) {
        Instant now = clock.instant();
        reports.reported(new TransferReported(
                member.accountId(),
                PEER,
                file.id(),
                content(file),
                transfer,
                model,
                state,
                SIZE,
                0,
                hubBytes,
                peerBytes,
                relayed,
                wasted,
                now,
                null,
                now));
    }

    private static ContentId content(Resource file) {
        return Objects.requireNonNull(file.file()).contentId();
    }

    private static String fresh() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 22);
    }
}
