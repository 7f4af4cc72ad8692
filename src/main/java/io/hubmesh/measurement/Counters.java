package io.hubmesh.measurement;

import java.time.Instant;

/**
 * What one resource, or all of them, cost so far. All sizes in bytes.
 *
 * @param hubBytes sent by the hub in plain downloads, ranges included
 * @param hubDownloads plain downloads that brought the whole file in one answer
 * @param leaseBytes sent by the hub under leases, counted by the hub
 * @param peerBytes verified bytes from peers, as their receivers claim
 * @param savedBytes the part of {@code peerBytes} that belongs to completed transfers without any doubt: what the hub need not send
 * @param relayedBytes the part of {@code peerBytes} that came over a TURN relay, as their receivers claim
 * @param wastedBytes bytes that came twice or were wrong, as their receivers claim
 * @param meshDownloads completed transfers of the mesh whose counts add up to the size
 * @param changedAt when it last changed
 */
record Counters(
        long hubBytes,
        long hubDownloads,
        long leaseBytes,
        long peerBytes,
        long savedBytes,
        long relayedBytes,
        long wastedBytes,
        long meshDownloads,
        Instant changedAt) {

    static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, 0, Instant.EPOCH);

    /** The hub answered a download. @param whole whether in one answer with the whole file */
    static Counters download(long bytes, boolean whole, Instant now) {
        return new Counters(bytes, whole ? 1 : 0, 0, 0, 0, 0, 0, 0, now);
    }

    static Counters lease(long bytes, Instant now) {
        return new Counters(0, 0, bytes, 0, 0, 0, 0, 0, now);
    }

    /** What a transfer of the mesh claims. What it had from the hub is counted by the hub already. */
    static Counters claim(Transfer transfer) {
        boolean download = transfer.state() == Transfer.State.COMPLETED && transfer.addsUp();
        return new Counters(
                0,
                0,
                0,
                transfer.fromPeers(),
                0,
                transfer.relayed(),
                transfer.wasted(),
                download ? 1 : 0,
                transfer.updatedAt());
    }

    /** What a transfer that is settled has saved the hub: nothing if anything speaks against its claim. */
    static Counters saved(Transfer over) {
        return new Counters(0, 0, 0, 0, over.isBeyondDoubt() ? over.fromPeers() : 0, 0, 0, 0, over.updatedAt());
    }

    Counters plus(Counters more) {
        return new Counters(
                Math.addExact(hubBytes, more.hubBytes),
                hubDownloads + more.hubDownloads,
                Math.addExact(leaseBytes, more.leaseBytes),
                Math.addExact(peerBytes, more.peerBytes),
                Math.addExact(savedBytes, more.savedBytes),
                Math.addExact(relayedBytes, more.relayedBytes),
                Math.addExact(wastedBytes, more.wastedBytes),
                meshDownloads + more.meshDownloads,
                changedAt.isAfter(more.changedAt) ? changedAt : more.changedAt);
    }

    Counters minus(Counters less) {
        return plus(new Counters(
                -less.hubBytes,
                -less.hubDownloads,
                -less.leaseBytes,
                -less.peerBytes,
                -less.savedBytes,
                -less.relayedBytes,
                -less.wastedBytes,
                -less.meshDownloads,
                less.changedAt));
    }

    /** Whether it counts nothing. */
    boolean isNothing() {
        return (hubBytes
                        | hubDownloads
                        | leaseBytes
                        | peerBytes
                        | savedBytes
                        | relayedBytes
                        | wastedBytes
                        | meshDownloads)
                == 0;
    }

    /** All bytes of files that the hub sent, by either model. */
    long egressBytes() {
        return Math.addExact(hubBytes, leaseBytes);
    }
}
