package io.hubmesh.measurement;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps {@link Totals} as things happen. */
final class Sums {

    private final Map<Totals.Kind, Long> ended = new HashMap<>();
    private Counters counted;
    private long discrepancies;

    Sums(Kept kept) {
        counted = kept.counters().values().stream().reduce(Counters.NONE, Counters::plus);
        kept.open().forEach(transfer -> delivered(Counters.claim(transfer)));
    }

    void delivered(Counters more) {
        counted = counted.plus(more);
    }

    /** A transfer has changed. */
    void changed(Transfer before, Transfer now) {
        if (before.discrepancy() == null && now.discrepancy() != null) {
            discrepancies++;
        }
    }

    void ended(Transfer over) {
        ended.merge(Totals.Kind.of(over), 1L, Long::sum);
    }

    /** @param open not settled; one that is over already counts as ended when it is settled */
    Totals told(Collection<Transfer> open) {
        Map<Totals.Kind, Long> running = open.stream()
                .filter(transfer -> !transfer.state().isOver())
                .collect(Collectors.groupingBy(Totals.Kind::of, Collectors.counting()));
        return new Totals(counted, running, Map.copyOf(ended), discrepancies);
    }
}
