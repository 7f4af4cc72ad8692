package io.hubmesh.measurement;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.measurement.MeasurementSettings.Price;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Both models as one person may see them; see {@code src/docs/measurement.md} for what each figure means. Sizes in bytes.
 *
 * @param egressBytes all bytes of files that the hub sent: plain downloads and leases
 * @param savedBytes bytes from peers in transfers that are complete and beyond doubt: what the hub did not have to send
 * @param price what egress costs; null when administrators have said nothing
 * @param offload verified bytes from peers divided by all delivered bytes, 0 to 1; null when nothing was delivered
 * @param times how long completed transfers took
 * @param links present edges between peers, at most {@link Overviews#MOST_LINKS}
 * @param transfers the newest first
 * @param resources the one delivered last first
 */
public record Overview(
        Instant at,
        long egressBytes,
        long savedBytes,
        @Nullable Price price,
        Hub hub,
        MeshTotals mesh,
        @Nullable Double offload,
        Times times,
        List<PeerEntry> peers,
        List<LinkEntry> links,
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

    /**
     * An edge between two peers in the swarm of a content.
     *
     * @param bytesPerSecond null while the hub does not know it
     */
    public record LinkEntry(
            String a, String b, String content, @Nullable Long bytesPerSecond) {}

    /**
     * By what was asked for; null where nothing is known.
     *
     * @param hub from the beginning of the answer until its last byte was with the system
     */
    public record Times(
            @Nullable Spread hub,
            @Nullable Spread peers,
            @Nullable Spread automatic) {}

    /** In milliseconds, by nearest rank. @param count of transfers */
    public record Spread(long median, long p95, int count) {}

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
     * @param content the content id of what it holds now
     * @param savedBytes the part of {@code meshFromPeers} that belongs to completed transfers without any doubt
     * @param peersGave bytes of the content that peers say they sent to others since the hub started
     * @param peersTook bytes of the content that peers say they had from others since then, wasted ones included
     * @param discrepancy why those two cannot both be so; null when they can
     */
    public record ResourceEntry(
            String resource,
            String name,
            String content,
            long size,
            long hubBytes,
            long hubDownloads,
            long meshFromHub,
            long meshFromPeers,
            long savedBytes,
            long meshRelayed,
            long meshDownloads,
            int peersHolding,
            long peersGave,
            long peersTook,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String discrepancy) {}

    /** Whether it says the same, whatever the time. */
    public boolean saysTheSame(Overview other) {
        return new Overview(
                        other.at,
                        egressBytes,
                        savedBytes,
                        price,
                        hub,
                        mesh,
                        offload,
                        times,
                        peers,
                        links,
                        transfers,
                        resources)
                .equals(other);
    }
}
