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

    Counters plusHub(long bytes, boolean whole, Instant now) {
        return plus(new Counters(bytes, whole ? 1 : 0, 0, 0, 0, 0, 0, 0, now));
    }

    Counters plusLease(long bytes, Instant now) {
        return plus(new Counters(0, 0, bytes, 0, 0, 0, 0, 0, now));
    }

    /** With what a transfer of the mesh claims. What it had from the hub is counted by the hub already. */
    Counters plusClaim(Transfer transfer) {
        return plus(claim(transfer, 1));
    }

    /** Takes back what {@link #plusClaim} added for exactly this transfer. */
    Counters minusClaim(Transfer transfer) {
        return plus(claim(transfer, -1));
    }

    /** With what a transfer that is over has saved the hub, if nothing speaks against its claim. */
    Counters plusSaved(Transfer over) {
        return over.isBeyondDoubt()
                ? plus(new Counters(0, 0, 0, 0, over.fromPeers(), 0, 0, 0, over.updatedAt()))
                : this;
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

    /** All bytes of files that the hub sent, by either model. */
    long egressBytes() {
        return Math.addExact(hubBytes, leaseBytes);
    }

    private static Counters claim(Transfer transfer, int sign) {
        boolean download = transfer.state() == Transfer.State.COMPLETED && transfer.addsUp();
        return new Counters(
                0,
                0,
                0,
                sign * transfer.fromPeers(),
                0,
                sign * transfer.relayed(),
                sign * transfer.wasted(),
                download ? sign : 0,
                transfer.updatedAt());
    }
}
