package io.hubmesh.mesh.swarm;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** The chunks of one swarm that are under lease. Times in milliseconds. Pure: told the time, and not safe for threads. */
final class Grants {

    /** In the order in which they were granted. */
    private final Deque<Grant> all = new ArrayDeque<>();

    private final BitSet leased = new BitSet();
    private final Pace pace;

    Grants(Pace pace) {
        this.pace = pace;
    }

    /** The chunks that are under lease; not to be changed. */
    BitSet chunks() {
        return leased;
    }

    int grant(Place place, int chunk, long now) {
        Grant grant = new Grant(place, chunk, now);
        place.grants.put(chunk, grant);
        place.unsent++;
        leased.set(chunk);
        all.addLast(grant);
        pace.granted(grant);
        return chunk;
    }

    /** The asker has the chunk, or is not waited for any more. */
    void end(Grant grant) {
        if (grant.over) {
            return;
        }
        grant.over = true;
        grant.holder.grants.remove(grant.chunk);
        grant.holder.unsent -= grant.sent ? 0 : 1;
        leased.clear(grant.chunk);
        pace.settled(grant);
    }

    void endAll(Place place) {
        List.copyOf(place.grants.values()).forEach(this::end);
    }

    /** Ends those whose time is up, and those of members that have said nothing for a while. */
    void expire(long now) {
        all.forEach(grant -> {
            if (isPast(grant, now)) {
                end(grant);
            }
        });
        all.removeIf(grant -> grant.over);
    }

    private static boolean isPast(Grant grant, long now) {
        return grant.at + Limits.LEASE.toMillis() <= now || grant.holder.heardAt + Limits.QUIET.toMillis() <= now;
    }
}
