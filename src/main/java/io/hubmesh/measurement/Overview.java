package io.hubmesh.measurement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Both models as one person may see them; see {@code src/docs/measurement.md} for what each figure means. Sizes in bytes.
 *
 * @param egressBytes all bytes of files that the hub sent: plain downloads and leases
 * @param offload verified bytes from peers divided by all delivered bytes, 0 to 1; null when nothing was delivered
 * @param transfers the newest first
 * @param resources the one delivered last first
 */
public record Overview(
        Instant at,
        long egressBytes,
        Hub hub,
        MeshTotals mesh,
        @Nullable Double offload,
        List<PeerEntry> peers,
        List<TransferEntry> transfers,
        List<ResourceEntry> resources) {

    /** Plain downloads. */
    public record Hub(long egressBytes, long downloads) {}

    /**
     * @param fromHubBytes sent under leases, counted by the hub
     * @param fromPeersBytes as receivers claim
     * @param relayedBytes the part of those that came over a TURN relay
     * @param peers in the mesh now
     * @param transfers running or paused now
     * @param lostLinks how many links were told lost since the hub started, by the code of the refusal; told to administrators alone
     */
    public record MeshTotals(
            long fromHubBytes,
            long fromPeersBytes,
            long relayedBytes,
            long wastedBytes,
            int peers,
            long transfers,
            Map<String, Long> lostLinks) {}

    public record PeerEntry(String peer, String member, Instant joinedAt, int swarms) {}

    public record TransferEntry(
            String transfer,
            String model,
            String resource,
            String name,
            String member,
            long size,
            long held,
            long fromHub,
            long fromPeers,
            long relayed,
            long wasted,
            String state,
            Instant startedAt,
            Instant updatedAt,
            @Nullable Long firstByteMillis,
            @Nullable Long durationMillis,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String discrepancy) {}

    /**
     * @param peersGave bytes of the content that peers say they sent to others since the hub started
     * @param peersTook bytes of the content that peers say they had from others since then, wasted ones included
     * @param discrepancy why those two cannot both be so; null when they can
     */
    public record ResourceEntry(
            String resource,
            String name,
            long size,
            long hubBytes,
            long hubDownloads,
            long meshFromHub,
            long meshFromPeers,
            long meshRelayed,
            long meshDownloads,
            int peersHolding,
            long peersGave,
            long peersTook,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String discrepancy) {}

    /** Whether it says the same, whatever the time. */
    public boolean saysTheSame(Overview other) {
        return new Overview(other.at, egressBytes, hub, mesh, offload, peers, transfers, resources).equals(other);
    }
}
