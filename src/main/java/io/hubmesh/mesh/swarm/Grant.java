package io.hubmesh.mesh.swarm;

/** A chunk under lease. Pure, and not safe for threads. */
final class Grant {

    final Place holder;
    final int chunk;

    /** When it was granted, in milliseconds. */
    final long at;

    boolean sent;

    /** Whether the swarm's pace counts it as on its way. */
    boolean paced = true;

    /** Whether the holder has the chunk, or has gone, or time is up: others may have it leased. */
    boolean over;

    Grant(Place holder, int chunk, long at) {
        this.holder = holder;
        this.chunk = chunk;
        this.at = at;
    }
}
