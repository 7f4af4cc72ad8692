package io.hubmesh.measurement;

import java.util.Map;

/**
 * Everything at one moment, for those who draw their own curves.
 *
 * @param counted what was delivered since the hub began to count, what open transfers claim included
 * @param open running and paused transfers
 * @param ended transfers that were over since the hub started; one that was taken up again and ended again is counted twice
 * @param discrepancies transfers since the hub started of which something did not add up
 */
record Totals(Counters counted, Map<Kind, Long> open, Map<Kind, Long> ended, long discrepancies) {

    /** Transfers that have these in common. */
    record Kind(Transfer.Model model, Transfer.State state) {

        static Kind of(Transfer transfer) {
            return new Kind(transfer.model(), transfer.state());
        }
    }

    long open(Transfer.Model model, Transfer.State state) {
        return open.getOrDefault(new Kind(model, state), 0L);
    }

    long ended(Transfer.Model model, Transfer.State state) {
        return ended.getOrDefault(new Kind(model, state), 0L);
    }
}
