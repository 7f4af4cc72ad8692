package io.hubmesh.measurement;

import io.hubmesh.mesh.events.TransferReported;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may be believed of a report. The one who sends it may lie. */
final class Claims {

    /** A transfer that wastes more than this many times its file is broken or lies. Stops totals from being blown up. */
    static final int MOST_WASTE = 8;

    /** Room for a small file's waste. In bytes; the largest chunk. */
    static final long WASTE_ALLOWED = 4L * 1024 * 1024;

    /** Nobody downloads for longer. */
    static final Duration LONGEST = Duration.ofDays(30);

    private Claims() {}

    /** Whether the report can begin a transfer at all. */
    static boolean believableStart(TransferReported report, Instant now) {
        return report.size() >= 0
                && !report.startedAt().isAfter(now)
                && report.startedAt().isAfter(now.minus(LONGEST));
    }

    /**
     * Why the counts of a report are not taken over; null when they are. Waste may be less than before: a tab that was
     * closed takes the transfer up again with what it has kept, and that does not include the waste.
     */
    static @Nullable String refusal(Transfer known, TransferReported report) {
        if (!report.content().equals(known.content())
                || !report.resource().equals(known.resource())
                || report.size() != known.size()) {
            return "The peer changed what it says it is downloading.";
        }
        if (report.held() < 0
                || report.fromHub() < 0
                || report.fromPeers() < 0
                || report.relayed() < 0
                || report.wasted() < 0) {
            return "The peer reported a negative count.";
        }
        if (report.held() > known.size()
                || report.fromPeers() > known.size() - report.held()
                || report.fromHub() > known.size() - report.held() - report.fromPeers()) {
            return text(
                    "The peer reported %,d bytes held, %,d from the hub and %,d from peers of a file of %,d;"
                            + " that was not counted.",
                    report.held(), report.fromHub(), report.fromPeers(), known.size());
        }
        if (report.relayed() > report.fromPeers()) {
            return "The peer reported more over relays than from peers.";
        }
        if (report.wasted() > mostWaste(known.size())) {
            return text("The peer reported %,d wasted bytes; that was not counted.", report.wasted());
        }
        if (report.fromHub() < known.fromHub()
                || report.fromPeers() < known.fromPeers()
                || report.relayed() < known.relayed()) {
            return "The peer reported less than before.";
        }
        return null;
    }

    /** What does not add up in a completed transfer by itself; null when all does. */
    static @Nullable String gap(Transfer transfer) {
        return transfer.state() != Transfer.State.COMPLETED || transfer.addsUp()
                ? null
                : text(
                        "The peer says it is complete and accounts for %,d of %,d bytes.",
                        transfer.held() + transfer.fromHub() + transfer.fromPeers(), transfer.size());
    }

    /**
     * What is to be said of a completed transfer whose claim and the hub's count differ; null when they do not.
     *
     * @param since when the hub started: it counts leases from then on
     */
    static @Nullable String doubt(Transfer transfer, @Nullable String difference, Instant since) {
        return transfer.startedAt().isBefore(since) && difference != null
                ? "It began before the hub last started; what it had from the hub cannot be checked."
                : difference;
    }

    /** In bytes; saturates for sizes that no file has. */
    private static long mostWaste(long size) {
        return size > Long.MAX_VALUE / (2 * MOST_WASTE) ? Long.MAX_VALUE : WASTE_ALLOWED + size * MOST_WASTE;
    }

    static String text(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
