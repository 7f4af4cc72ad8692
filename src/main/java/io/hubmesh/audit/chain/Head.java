package io.hubmesh.audit.chain;

import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of the chain.
 *
 * @param sequence of the last record; 0 before the first
 * @param hash of the last record
 */
public record Head(long sequence, String hash) {

    static final Head START = new Head(0, Canonical.NONE);

    static Head of(AuditRecord record) {
        return new Head(record.sequence(), record.hash());
    }

    /** The entry as the record that follows. */
    AuditRecord next(Entry entry) {
        AuditRecord unhashed = record(entry, "");
        return record(entry, Canonical.hash(unhashed));
    }

    private AuditRecord record(Entry entry, String ownHash) {
        Thing thing = entry.thing();
        return new AuditRecord(
                sequence + 1,
                entry.at().truncatedTo(ChronoUnit.MILLIS),
                entry.actor().account() == null ? null : entry.actor().account().value(),
                entry.actor().name(),
                entry.action().name(),
                thing == null ? null : thing.kind().name(),
                thing == null ? null : thing.id(),
                thing == null ? null : thing.name(),
                entry.outcome().name(),
                entry.address(),
                entry.times(),
                detail(entry),
                hash,
                ownHash);
    }

    private static @Nullable String detail(Entry entry) {
        return Canonical.object(entry.detail());
    }
}
