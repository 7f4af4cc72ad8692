package io.hubmesh.measurement;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How long transfers took that are complete and beyond doubt. */
final class CompletionTimes {

    private static final double MEDIAN = 0.5;
    private static final double HIGH = 0.95;

    private CompletionTimes() {}

    static Overview.Times of(Collection<Transfer> transfers) {
        return new Overview.Times(
                spread(transfers, Transfer.Model.HUB),
                spread(transfers, Transfer.Model.PEERS),
                spread(transfers, Transfer.Model.AUTOMATIC));
    }

    private static Overview.@Nullable Spread spread(Collection<Transfer> transfers, Transfer.Model model) {
        long[] millis = transfers.stream()
                .filter(transfer -> transfer.model() == model && transfer.isBeyondDoubt())
                .map(Transfer::duration)
                .filter(Objects::nonNull)
                .mapToLong(Duration::toMillis)
                .sorted()
                .toArray();
        return millis.length == 0 ? null : new Overview.Spread(rank(millis, MEDIAN), rank(millis, HIGH), millis.length);
    }

    private static long rank(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
