package io.hubmesh.mesh.swarm;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What one peer holds of one content and has under lease of it. Times in milliseconds. Pure, and not safe for threads. */
final class Place {

    final BitSet held = new BitSet();
    final Map<Integer, Grant> grants = new HashMap<>();

    /** How many chunks are held. */
    int holds;

    /** Grants whose chunk the hub has not sent yet. */
    int unsent;

    /** Chunks granted as start credit. */
    int credited;

    /** When a chunk last came from a peer, or when the peer entered. */
    long gainedAt;

    /** When the peer last said something of this content. */
    long heardAt;

    /** Whether others may not fetch from it: what it holds counts for nothing. */
    boolean shunned;

    /** Highest rate seen at which it serves others, in bytes a second; 0 while unknown. */
    long rate;

    /** Bytes served by {@link #servedAt}; negative before the first report. */
    long served = -1;

    long servedAt;

    Place(long now) {
        this.gainedAt = now;
        this.heardAt = now;
    }
}
