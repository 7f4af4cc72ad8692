package io.hubmesh.mesh.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a receiving peer says of its transfer: a claim, not a fact. Comes about once a second while the transfer runs and
 * once at its end. Byte counts are totals since its start.
 *
 * @param transfer made by the receiver; unique together with the account
 * @param size of the content in bytes, as the hub knows it
 * @param held verified bytes that the receiver had before the transfer began and that no report has counted
 * @param fromHub verified bytes that came from the hub under leases
 * @param fromPeers verified bytes that came from peers
 * @param relayed the part of {@code fromPeers} that came over a TURN relay
 * @param wasted bytes that came twice or were wrong
 * @param firstByte how long after the start the first verified bytes were there; null while there are none
 */
public record TransferReported(
        AccountId account,
        PeerId peer,
        ResourceId resource,
        ContentId content,
        String transfer,
        Model model,
        State state,
        long size,
        long held,
        long fromHub,
        long fromPeers,
        long relayed,
        long wasted,
        Instant startedAt,
        @Nullable Duration firstByte,
        Instant at) {

    /** What the person asked for. */
    public enum Model {
        PEERS,
        AUTOMATIC
    }

    /** How far it is. */
    public enum State {
        RUNNING,
        PAUSED,
        COMPLETED,
        CANCELLED,
        FAILED
    }
}
