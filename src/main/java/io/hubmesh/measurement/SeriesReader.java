package io.hubmesh.measurement;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Tells everybody what happened over time as far as they may see it: an administrator all of it, a member what concerns resources that they may read
 * now. What happened in the last {@link Bookkeeping#SAVED_EVERY_SECONDS} seconds may be missing.
 */
@Service
public class SeriesReader {

    private final RollupRows rows;
    private final Retention retention;
    private final Library library;
    private final Clock clock;

    SeriesReader(RollupRows rows, Retention retention, Library library, Clock clock) {
        this.rows = rows;
        this.retention = retention;
        this.library = library;
        this.clock = clock;
    }

    /**
     * Everything that the subject may see.
     *
     * @param step null for the finest that fits
     * @param from null for a while before {@code to}
     * @param to null for now
     * @throws ProblemException invalid-value when the time makes no sense
     */
    public Series all(Subject subject, @Nullable Step step, @Nullable Instant from, @Nullable Instant to) {
        Stretch stretch = Stretch.of(step, from, to, clock.instant(), retention::oldest);
        Map<Instant, Tally> whole = rows.all(stretch.step(), stretch.from(), stretch.to());
        if (subject.isAdministrator()) {
            return series(stretch, whole);
        }
        Set<ResourceId> delivered = rows.resources(stretch.step(), stretch.from(), stretch.to());
        Map<Instant, Tally> seen =
                sums(stretch, whole, library.readable(subject, delivered).keySet());
        whole.forEach((at, tally) -> {
            if (tally.peers() > 0) {
                seen.putIfAbsent(at, peersOf(tally));
            }
        });
        return series(stretch, seen);
    }

    /**
     * One resource; else as {@link #all}.
     *
     * @throws ProblemException not-found when the subject may not read it
     */
    public Series of(
            Subject subject, ResourceId resource, @Nullable Step step, @Nullable Instant from, @Nullable Instant to) {
        Stretch stretch = Stretch.of(step, from, to, clock.instant(), retention::oldest);
        Set<ResourceId> readable = library.readable(subject, Set.of(resource)).keySet();
        if (readable.isEmpty()) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        return series(stretch, sums(stretch, rows.all(stretch.step(), stretch.from(), stretch.to()), readable));
    }

    /** What was delivered of these resources, with the peers that were there meanwhile. */
    private Map<Instant, Tally> sums(Stretch stretch, Map<Instant, Tally> whole, Collection<ResourceId> resources) {
        Map<Instant, Tally> sums = rows.of(stretch.step(), stretch.from(), stretch.to(), resources);
        sums.replaceAll((at, tally) -> tally.plus(peersOf(whole.getOrDefault(at, Tally.NOTHING))));
        return sums;
    }

    private static Tally peersOf(Tally tally) {
        return new Tally(Counters.NONE, tally.peers(), 0);
    }

    private static Series series(Stretch stretch, Map<Instant, Tally> tallies) {
        return new Series(
                stretch.from(),
                stretch.to(),
                stretch.step().word(),
                new TreeMap<>(tallies)
                        .entrySet().stream()
                                .map(entry -> Series.Point.of(entry.getKey(), entry.getValue()))
                                .toList());
    }
}
