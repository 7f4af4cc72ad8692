package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Outcome;
import io.hubmesh.audit.Thing;
import io.hubmesh.audit.chain.Chain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Takes entries. Changes are appended before whoever made them is answered, within their own transaction. Accesses and refusals wait in a
 * queue, so that no download waits for the database; {@link Scribe} writes them within a second. What does not fit into the queue is
 * counted, and the count is recorded.
 */
@Component("auditJournal")
class Journal {

    /** About 5 MB; what a hub that answers 10,000 requests a second makes in a second. */
    static final int LONGEST_QUEUE = 10_000;

    /** Appended in one transaction: the head is locked for some milliseconds. */
    private static final int BATCH = 500;

    private final Chain chain;
    private final Names names;
    private final Clock clock;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final Repeats repeats = new Repeats();
    private final AtomicInteger lost = new AtomicInteger();
    private final List<Entry> taken = new ArrayList<>();

    Journal(Chain chain, Names names, Clock clock) {
        this.chain = chain;
        this.names = names;
        this.clock = clock;
    }

    /** An entry of now, by whoever this thread is working for. */
    Entry entry(Action action, Thing thing) {
        return Entry.done(clock.instant(), Circumstances.actor(), action, thing).from(Circumstances.address());
    }

    /** Appended when this returns, or when the transaction commits. */
    void now(Entry entry) {
        chain.append(List.of(names.complete(entry)));
    }

    /** Appended soon. */
    void soon(Entry entry) {
        if (!queue.offer(entry)) {
            lost.addAndGet(entry.times());
        }
    }

    /** The first of its kind within a while soon, the others counted. */
    void soonOnce(Repeats.Kind kind, Duration within, Entry entry, Action continued, long bytes) {
        if (repeats.isFirst(kind, within, entry, continued, bytes)) {
            soon(entry);
        }
    }

    /** Counts what was recorded within the while already, for which no entry is needed; false when it was not. */
    boolean again(Repeats.Kind kind, long bytes) {
        return repeats.again(kind, clock.instant(), bytes);
    }

    boolean knows(Repeats.Kind kind, Instant now) {
        return repeats.knows(kind, now);
    }

    /** Appends what waits; what cannot be appended now goes on waiting. One thread at a time. */
    synchronized void write() {
        repeats.over(clock.instant()).forEach(this::soon);
        do {
            if (taken.isEmpty()) {
                take();
            }
            chain.append(taken);
            taken.clear();
        } while (!queue.isEmpty());
    }

    /** Ends all counting at once; for the end of the hub. */
    void close() {
        repeats.over(Instant.MAX).forEach(this::soon);
        write();
    }

    private void take() {
        int missing = lost.getAndSet(0);
        if (missing > 0) {
            taken.add(Entry.done(clock.instant(), Actor.HUB, Action.AUDIT_LOST, Thing.of(Thing.Kind.AUDIT, null))
                    .with(Outcome.FAILED)
                    .repeated(missing, clock.instant()));
        }
        queue.drainTo(taken, BATCH);
        taken.replaceAll(names::complete);
    }
}
