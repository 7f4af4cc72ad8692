package io.hubmesh.measurement;

import java.time.Instant;
import java.util.List;

/**
 * What was delivered over time, as one person may see it; see {@code src/docs/measurement.md}. Sizes in bytes.
 *
 * @param from beginning of the first stretch that was asked for
 * @param to end of the last
 * @param step {@code minute}, {@code hour} or {@code day}
 * @param points those stretches in which anything happened, the oldest first
 */
public record Series(Instant from, Instant to, String step, List<Point> points) {

    /**
     * One stretch.
     *
     * @param at its beginning
     * @param hubBytes by plain downloads, counted by the hub
     * @param leaseBytes under leases, counted by the hub
     * @param peerBytes verified bytes from peers, as receivers claim
     * @param wastedBytes that came twice or were wrong, as receivers claim
     * @param relayedBytes the part of {@code peerBytes} that came over a TURN relay, as receivers claim
     * @param hubDownloads whole files from the hub
     * @param meshDownloads completed transfers of the mesh
     * @param peers the most that were in the mesh at once, whatever they did there
     * @param lostLinks links of the mesh told lost; 0 for all but administrators, and in the series of one resource
     */
    public record Point(
            Instant at,
            long hubBytes,
            long leaseBytes,
            long peerBytes,
            long wastedBytes,
            long relayedBytes,
            long hubDownloads,
            long meshDownloads,
            int peers,
            long lostLinks) {

        static Point of(Instant at, Tally tally) {
            Counters counted = tally.counted();
            return new Point(
                    at,
                    counted.hubBytes(),
                    counted.leaseBytes(),
                    counted.peerBytes(),
                    counted.wastedBytes(),
                    counted.relayedBytes(),
                    counted.hubDownloads(),
                    counted.meshDownloads(),
                    tally.peers(),
                    tally.lostLinks());
        }
    }
}
