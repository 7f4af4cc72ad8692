package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What one peer holds of one content, and what it is waiting for. Pure, and not safe for threads. */
final class Place {

    private record Wait(Instant since, Instant lastAsked) {}

    /** Chunks that a peer may be waiting for at once; more than a lease message can name. */
    private static final int MOST_WAITS = 1024;

    private final BitSet held;
    private final Map<Integer, Wait> waits = new HashMap<>();
    private ResourceId resource;

    Place(ResourceId resource, BitSet held) {
        this.resource = resource;
        this.held = (BitSet) held.clone();
    }

    ResourceId resource() {
        return resource;
    }

    void enterAs(ResourceId other) {
        this.resource = other;
    }

    boolean holds(int chunk) {
        return held.get(chunk);
    }

    boolean holdsAnything() {
        return !held.isEmpty();
    }

    /** Whether it holds a chunk that {@code other} does not. */
    boolean hasSomethingFor(Place other) {
        BitSet rest = (BitSet) held.clone();
        rest.andNot(other.held);
        return !rest.isEmpty();
    }

    BitSet held() {
        return (BitSet) held.clone();
    }

    /** @return false when it was held already */
    boolean add(int chunk) {
        waits.remove(chunk);
        boolean isNew = !held.get(chunk);
        held.set(chunk);
        return isNew;
    }

    /** Asks again, or for the first time; says how long it has been waiting by then. */
    Duration ask(int chunk, Instant now) {
        Wait before = waits.get(chunk);
        boolean goesOn =
                before != null && Duration.between(before.lastAsked(), now).compareTo(Limits.WAIT_FORGOTTEN) < 0;
        if (before == null && waits.size() >= MOST_WAITS) {
            waits.values()
                    .removeIf(wait -> Duration.between(wait.lastAsked(), now).compareTo(Limits.PATIENCE) > 0);
            if (waits.size() >= MOST_WAITS) {
                return Duration.ZERO;
            }
        }
        Wait wait = goesOn && before != null ? new Wait(before.since(), now) : new Wait(now, now);
        waits.put(chunk, wait);
        return Duration.between(wait.since(), now);
    }
}
