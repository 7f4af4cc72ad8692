package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was counted since it was last written down, minute by minute, in all and by resource. Counts at the hub's own time. */
final class Tallies {

    /** Minutes of resources that wait for a database that does not answer; what is more is counted in all alone. Bounds memory. */
    static final int MOST = 20_000;

    /** @param resource null for all together */
    record Minute(@Nullable ResourceId resource, Instant startsAt) {}

    private final Map<Minute, Tally> waiting = new LinkedHashMap<>();

    void count(ResourceId resource, Counters more, Instant now) {
        Tally tally = new Tally(more, 0, 0);
        Instant minute = Step.MINUTE.floor(now);
        add(new Minute(null, minute), tally);
        add(new Minute(resource, minute), tally);
    }

    /** @param lostLinks since this was told last */
    void mesh(int peers, long lostLinks, Instant now) {
        if (peers > 0 || lostLinks > 0) {
            add(new Minute(null, Step.MINUTE.floor(now)), new Tally(Counters.NONE, peers, lostLinks));
        }
    }

    /** All of it, which counts as written from then on. */
    Map<Minute, Tally> take() {
        Map<Minute, Tally> taken = new LinkedHashMap<>(waiting);
        waiting.clear();
        return taken;
    }

    void putBack(Map<Minute, Tally> taken) {
        taken.forEach(this::add);
    }

    private void add(Minute minute, Tally more) {
        if (minute.resource() == null || waiting.size() < MOST || waiting.containsKey(minute)) {
            waiting.merge(minute, more, Tally::plus);
        }
    }
}
