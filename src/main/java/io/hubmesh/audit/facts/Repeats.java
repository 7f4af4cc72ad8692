package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what happens over and over from becoming a record each: the first of its kind is recorded at once, the others within a while are
 * counted and become one record when it is over. Safe for threads.
 */
final class Repeats {

    /** In memory at a time, each of about 500 bytes; the oldest become a record early. */
    static final int MOST = 10_000;

    private final Map<Kind, Tally> tallies = new LinkedHashMap<>();
    private final List<Entry> early = new ArrayList<>();

    /**
     * What is alike.
     *
     * @param what the rest of what makes them alike
     */
    record Kind(
            Action action,
            @Nullable String actor,
            @Nullable String address,
            @Nullable String what) {}

    private static final class Tally {
        private final Entry first;
        private final Action continued;
        private final Instant until;
        private Instant last;
        private int more;
        private long bytes;

        Tally(Entry first, Action continued, Instant until) {
            this.first = first;
            this.continued = continued;
            this.until = until;
            this.last = first.at();
        }

        Entry toEntry() {
            Entry entry = first.as(continued).repeated(more, last);
            return bytes > 0 ? entry.saying("bytes", bytes) : entry;
        }
    }

    synchronized boolean knows(Kind kind, Instant now) {
        Tally tally = tallies.get(kind);
        return tally != null && now.isBefore(tally.until);
    }

    /** One more of what is being counted; false, and nothing is done, when it would be the first. */
    synchronized boolean again(Kind kind, Instant now, long bytes) {
        Tally tally = tallies.get(kind);
        if (tally == null || !now.isBefore(tally.until)) {
            return false;
        }
        tally.more++;
        tally.bytes += bytes;
        tally.last = now;
        return true;
    }

    /**
     * One more.
     *
     * @param continued what the record of the others says
     * @param bytes that go with it
     * @return whether it is the first, and to be recorded now
     */
    synchronized boolean isFirst(Kind kind, Duration within, Entry entry, Action continued, long bytes) {
        if (again(kind, entry.at(), bytes)) {
            return false;
        }
        Tally over = tallies.remove(kind);
        if (over != null) {
            end(over);
        }
        makeRoom();
        tallies.put(kind, new Tally(entry, continued, entry.at().plus(within)));
        return true;
    }

    /** What has been counted and is over by then. */
    synchronized List<Entry> over(Instant now) {
        List<Entry> over = new ArrayList<>(early);
        early.clear();
        for (Iterator<Tally> each = tallies.values().iterator(); each.hasNext(); ) {
            Tally tally = each.next();
            if (!now.isBefore(tally.until)) {
                each.remove();
                if (tally.more > 0) {
                    over.add(tally.toEntry());
                }
            }
        }
        return over;
    }

    private void makeRoom() {
        if (tallies.size() >= MOST) {
            Iterator<Tally> oldest = tallies.values().iterator();
            end(oldest.next());
            oldest.remove();
        }
    }

    private void end(Tally tally) {
        if (tally.more > 0) {
            early.add(tally.toEntry());
        }
    }
}
