package io.hubmesh.measurement;

import io.hubmesh.HandClock;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One resource, of 1,000 bytes unless said otherwise, one member with one peer, a ledger and a clock. */
final class LedgerScene {

    static final long SIZE = 1_000;

    final HandClock time = new HandClock();
    final AccountId member = new AccountId(new UUID(1, 1));
    final PeerId peer = new PeerId("p".repeat(22));
    ResourceId resource = new ResourceId(new UUID(2, 2));
    ContentId content = new ContentId("c".repeat(64));
    final Instant started = time.instant();
    private int downloads;

    @Nullable
    Duration firstByte;

    long relayed;

    private final long size;

    LedgerScene() {
        this(SIZE);
    }

    LedgerScene(long size) {
        this.size = size;
    }

    Ledger ledger = new Ledger(time, this::name, Kept.NOTHING);

    /** The hub ends without a word and starts again from what is written. */
    void restart(Kept kept) {
        ledger = new Ledger(time, this::name, kept);
    }

    private String name() {
        return "download-" + downloads++;
    }

    void download(long bytes) {
        download(bytes, Duration.ZERO);
    }

    /** One that goes out in this time. */
    void download(long bytes, Duration took) {
        Instant began = time.instant();
        ledger.delivered(new HubDelivered(member, resource, content, bytes, bytes == SIZE, began));
        time.turn(took);
        if (bytes == SIZE) {
            ledger.sent(new HubSent(member, resource, content, bytes, began), "a file");
        }
    }

    void lease(long bytes) {
        ledger.served(new LeaseServed(member, resource, content, bytes, time.instant()));
    }

    void report(String transfer, State state, long fromHub, long fromPeers, long wasted) {
        report(transfer, state, 0, fromHub, fromPeers, wasted);
    }

    void report(String transfer, State state, long held, long fromHub, long fromPeers, long wasted) {
        ledger.reported(claim(transfer, state, held, fromHub, fromPeers, wasted), "a file");
    }

    TransferReported claim(String transfer, State state, long held, long fromHub, long fromPeers, long wasted) {
        return new TransferReported(
                member,
                peer,
                resource,
                content,
                transfer,
                TransferReported.Model.AUTOMATIC,
                state,
                size,
                held,
                fromHub,
                fromPeers,
                relayed,
                wasted,
                started,
                firstByte,
                time.instant());
    }

    void pass(Duration duration) {
        time.turn(duration);
        ledger.tick();
    }

    Counters counters() {
        return ledger.snapshot().counters().getOrDefault(resource, Counters.NONE);
    }

    Transfer only() {
        List<Transfer> transfers = ledger.snapshot().transfers();
        if (transfers.size() != 1) {
            throw new AssertionError("not one transfer but " + transfers);
        }
        return transfers.get(0);
    }
}
