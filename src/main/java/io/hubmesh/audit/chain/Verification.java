package io.hubmesh.audit.chain;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.AuditRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recomputes the chain from its first record to its last, in pieces, and holds its end against what was noted. Records that are appended
 * meanwhile do no harm.
 */
final class Verification {

    /** More say nothing new. */
    static final int MOST_FINDINGS = 20;

    /** Records in memory at a time. */
    private static final int STEP = 1_000;

    private final ChainRows rows;
    private final Anchor.Found anchor;
    private final List<String> findings = new ArrayList<>();

    /** Where the chain may begin, as its own records of pruning say: sequence of the last pruned one, and its hash. */
    private final Map<Long, String> checkpoints = new HashMap<>();

    private long records;
    private Head first = Head.START;
    private Head last = Head.START;

    Verification(ChainRows rows, Anchor.Found anchor) {
        this.rows = rows;
        this.anchor = anchor;
    }

    Verdict verdict() {
        Optional<Head> head = rows.head();
        List<AuditRecord> some = rows.after(Long.MIN_VALUE, STEP);
        while (!some.isEmpty()) {
            some.forEach(this::check);
            some = rows.after(last.sequence(), STEP);
        }
        checkBeginning();
        checkEnd(head);
        checkAnchor();
        return new Verdict(
                records,
                records == 0 ? 0 : first.sequence() + 1,
                last.sequence(),
                last.hash(),
                anchor instanceof Anchor.Found.Noted,
                findings);
    }

    private void check(AuditRecord record) {
        if (records == 0) {
            first = new Head(record.sequence() - 1, record.previous());
        } else {
            checkPlace(record);
        }
        if (!Canonical.hash(record).equals(record.hash())) {
            found("Record " + record.sequence() + " was changed: its hash is not that of what it says.");
        }
        if (record.action().equals(Action.AUDIT_PRUNED.name())) {
            Checkpoint.of(record).ifPresent(point -> checkpoints.put(point.sequence(), point.hash()));
        }
        if (anchor instanceof Anchor.Found.Noted noted
                && noted.head().sequence() == record.sequence()
                && !noted.head().hash().equals(record.hash())) {
            found("Record " + record.sequence() + " is not the one that was noted outside of the database.");
        }
        if (record.action().equals(Action.AUDIT_DOUBTED.name())) {
            found("Record " + record.sequence() + " says that the hub itself found the chain altered before it.");
        }
        records++;
        last = Head.of(record);
    }

    private void checkPlace(AuditRecord record) {
        long expected = last.sequence() + 1;
        if (record.sequence() != expected) {
            long missing = record.sequence() - expected;
            found((missing == 1
                            ? "Record " + expected + " is"
                            : "Records " + expected + " to " + (record.sequence() - 1) + " are")
                    + " missing.");
        }
        if (!record.previous().equals(last.hash())) {
            found("Record " + record.sequence() + " does not follow the one before it: something was changed, "
                    + "taken out, put in or moved there.");
        }
    }

    private void checkBeginning() {
        if (records == 0) {
            return;
        }
        String expected = first.sequence() == 0 ? Canonical.NONE : checkpoints.get(first.sequence());
        if (expected == null || !expected.equals(first.hash())) {
            found("The chain begins with record " + (first.sequence() + 1)
                    + ", and no record of pruning says that those before it were taken out.");
        }
    }

    /** @param head as the table said before the walk; the chain may have grown since */
    private void checkEnd(Optional<Head> head) {
        if (head.isEmpty()) {
            found("The database has lost the note of where the chain ends.");
        } else if (head.get().sequence() > last.sequence()) {
            found("The end is missing: the database says that there are records up to "
                    + head.get().sequence() + ", and the last is " + last.sequence() + ".");
        } else if (!hashAt(head.get().sequence()).equals(head.get().hash())) {
            found("The end is not the one that the database has noted (record "
                    + head.get().sequence() + ").");
        }
    }

    private String hashAt(long sequence) {
        return sequence == 0
                ? Canonical.NONE
                : rows.find(sequence).map(AuditRecord::hash).orElse("");
    }

    private void checkAnchor() {
        if (anchor instanceof Anchor.Found.Forged) {
            found("The note outside of the database is damaged, or not this hub's.");
        } else if (anchor instanceof Anchor.Found.Nothing) {
            if (records > 0) {
                found("The note outside of the database is missing.");
            }
        } else if (anchor instanceof Anchor.Found.Noted noted && noted.head().sequence() > last.sequence()) {
            found("The end is missing: outside of the database it was noted that there are records up to "
                    + noted.head().sequence() + ", and the last is " + last.sequence() + ".");
        }
    }

    private void found(String finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }
}
