package io.hubmesh.experiments;

import java.util.List;

/**
 * The least time in which all receivers can have a file, whatever the software ({@code src/docs/measurement.md}). In seconds. Pure.
 *
 * @param clientServer everybody from the hub
 * @param peerToPeer hub and peers together, the file as a fluid (Kumar and Ross 2006)
 * @param thrifty the hub sends no more than one copy
 * @param chunkFactor by which whole chunks are slower than a fluid, for equal rates (Mundinger, Weber and Weiss 2008)
 */
public record Bounds(double clientServer, double peerToPeer, double thrifty, double chunkFactor) {

    /** What one receiver gives and takes at most, in bytes a second. */
    public record Rates(long upload, long download) {}

    /**
     * @param size of the file, in bytes
     * @param chunks into which it is cut, one at least
     * @param hubUpload in bytes a second
     * @param receivers one at least
     */
    public static Bounds of(long size, int chunks, long hubUpload, List<Rates> receivers) {
        double slowest = receivers.stream().mapToLong(Rates::download).min().orElseThrow();
        double uploads = receivers.stream().mapToLong(Rates::upload).sum();
        int all = receivers.size();
        double once = Math.max((double) size / hubUpload, size / slowest);
        int doublings = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(all);
        return new Bounds(
                Math.max((double) all * size / hubUpload, size / slowest),
                Math.max(once, (double) all * size / (hubUpload + uploads)),
                Math.max(once, (all - 1.0) * size / uploads),
                1 + (double) doublings / chunks);
    }
}
