package io.hubmesh.measurement;

import io.hubmesh.kernel.ResourceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The slow way to sum up: every fact is remembered, and all are walked through for each sum. */
final class RollupModel {

    private record Fact(Instant at, @Nullable ResourceId resource, Tally tally) {}

    private final List<Fact> facts = new ArrayList<>();
    private int written;

    void delivered(Instant at, ResourceId resource, Counters more) {
        facts.add(new Fact(at, resource, new Tally(more, 0, 0)));
    }

    void mesh(Instant at, int peers, long lostLinks) {
        if (peers > 0 || lostLinks > 0) {
            facts.add(new Fact(at, null, new Tally(Counters.NONE, peers, lostLinks)));
        }
    }

    /** What has happened so far lasts. */
    void write() {
        written = facts.size();
    }

    /** What was not written is lost. */
    void kill() {
        facts.subList(written, facts.size()).clear();
    }

    /** @param resource null for all */
    Map<Instant, Tally> sums(ChronoUnit step, @Nullable ResourceId resource) {
        Map<Instant, Tally> sums = new TreeMap<>();
        for (Fact fact : facts) {
            if (resource == null || resource.equals(fact.resource())) {
                sums.merge(fact.at().truncatedTo(step), fact.tally(), Tally::plus);
            }
        }
        sums.replaceAll((at, tally) -> plain(tally));
        return sums;
    }

    /** Without what series do not tell. */
    static Tally plain(Tally tally) {
        return new Tally(plain(tally.counted()), tally.peers(), tally.lostLinks());
    }

    static Counters plain(Counters counted) {
        return new Counters(
                counted.hubBytes(),
                counted.hubDownloads(),
                counted.leaseBytes(),
                counted.peerBytes(),
                0,
                counted.relayedBytes(),
                counted.wastedBytes(),
                counted.meshDownloads(),
                Instant.EPOCH);
    }
}
