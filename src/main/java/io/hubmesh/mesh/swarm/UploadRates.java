package io.hubmesh.mesh.swarm;

/** How quickly the members of one swarm serve others, from what they report. Pure, and not safe for threads. */
final class UploadRates {

    /** Milliseconds between two looks at least: a shorter while says little. */
    private static final long LEAST_MILLIS = 500;

    /** Bytes a second believed at most, 100 gigabit: bounds what a lie can do to the mean. */
    private static final long MOST = 12_500_000_000L;

    /** A member counts as that many times quicker or slower than the mean at most. */
    private static final double LARGEST_QUOTIENT = 4;

    private long sum;
    private int known;

    /** @param total bytes that the member has served since it joined */
    void reported(Place place, long total, long now) {
        if (place.served < 0 || total < place.served) {
            place.served = total;
            place.servedAt = now;
            return;
        }
        long millis = now - place.servedAt;
        if (millis < LEAST_MILLIS) {
            return;
        }
        long rate = Math.min(MOST, (total - place.served) * 1000 / millis);
        place.served = total;
        place.servedAt = now;
        if (rate > place.rate) {
            known += place.rate == 0 ? 1 : 0;
            sum += rate - place.rate;
            place.rate = rate;
        }
    }

    void forget(Place place) {
        known -= place.rate > 0 ? 1 : 0;
        sum -= place.rate;
    }

    /** The member's rate over the mean of those known, from 1/4 to 4; 1 when it is not known. */
    double quotient(Place place) {
        if (place.rate == 0) {
            return 1;
        }
        double quotient = place.rate / ((double) sum / known);
        return Math.max(1 / LARGEST_QUOTIENT, Math.min(LARGEST_QUOTIENT, quotient));
    }
}
