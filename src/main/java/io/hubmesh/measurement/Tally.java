package io.hubmesh.measurement;

/**
 * What happened in some stretch of time.
 *
 * @param counted what was delivered in it
 * @param peers the most that were in the mesh at once
 * @param lostLinks links told lost in it
 */
record Tally(Counters counted, int peers, long lostLinks) {

    static final Tally NOTHING = new Tally(Counters.NONE, 0, 0);

    Tally plus(Tally more) {
        return new Tally(counted.plus(more.counted), Math.max(peers, more.peers), lostLinks + more.lostLinks);
    }
}
