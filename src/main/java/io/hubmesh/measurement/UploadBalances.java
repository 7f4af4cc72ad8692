package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.mesh.events.UploadReported;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What peers say they gave of each content, held against what peers say they took of it, since the hub started. Neither is a fact; where
 * they disagree somebody is wrong. Only too much given is a disagreement: a peer that
 * serves what it has not fetched since its page was loaded has no transfer to report in.
 */
final class UploadBalances {

    /** Contents that are compared at once; the one heard of longest ago goes first. */
    static final int MOST_CONTENTS = 10_000;

    /** Tabs of one content whose last count is known; the one heard of longest ago goes first. */
    static final int MOST_TABS = 1_000;

    /** What may be under way over one link, or be lost with a receiver's last report. In bytes; the largest window of a link. */
    static final long UNDER_WAY = 32L * 1024 * 1024;

    /** Of many links something is always under way: one part in so many of what was taken. */
    private static final long SHARE_UNDER_WAY = 4;

    /** Largest count that is told on: what JavaScript can hold. */
    private static final long MOST_BYTES = (1L << 53) - 1;

    private record Tab(AccountId account, String name) {}

    /**
     * Both claims on one content, in bytes.
     *
     * @param gave as those say who sent it
     * @param took as those say who received it, what was wasted included
     */
    record Balance(long gave, long took) {

        static final Balance NONE = new Balance(0, 0);

        /** Why both cannot be so, in a sentence; null when they can. */
        @Nullable
        String discrepancy() {
            return gave - took > UNDER_WAY + took / SHARE_UNDER_WAY
                    ? Claims.text("Self-reported: peers say they gave %,d bytes of it and took %,d.", gave, took)
                    : null;
        }

        private Balance plus(long given, long taken) {
            return new Balance(Math.min(MOST_BYTES, gave + given), Math.min(MOST_BYTES, took + taken));
        }
    }

    private static final class Book {
        private final Map<Tab, Long> last = new Recent<>(MOST_TABS);
        private Balance balance = Balance.NONE;
    }

    private final Map<ContentId, Book> books = new Recent<>(MOST_CONTENTS);

    /** A sender's count; one that is smaller than before has begun anew. */
    void gave(UploadReported report) {
        Book book = book(report.content());
        long bytes = Math.max(0, Math.min(MOST_BYTES, report.bytes()));
        Long before = book.last.put(new Tab(report.account(), report.tab()), bytes);
        long more = before == null || before > bytes ? bytes : bytes - before;
        book.balance = book.balance.plus(more, 0);
    }

    /** What a receiver's transfer has taken since it was heard of last. */
    void took(Transfer before, Transfer now) {
        long more = now.fromPeers() - before.fromPeers() + now.wasted() - before.wasted();
        if (more > 0) {
            Book book = book(now.content());
            book.balance = book.balance.plus(0, more);
        }
    }

    Map<ContentId, Balance> all() {
        Map<ContentId, Balance> all = new HashMap<>();
        books.forEach((content, book) -> all.put(content, book.balance));
        return all;
    }

    private Book book(ContentId content) {
        return books.computeIfAbsent(content, fresh -> new Book());
    }

    /** Forgets what was used longest ago when there is too much. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}
