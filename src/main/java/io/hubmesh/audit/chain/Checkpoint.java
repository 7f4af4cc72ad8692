package io.hubmesh.audit.chain;

import io.hubmesh.audit.AuditRecord;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a record of pruning says: which was the last record that was taken out.
 *
 * @param sequence of that record
 * @param hash of that record
 */
record Checkpoint(long sequence, String hash) {

    static final String THROUGH = "through";
    static final String HASH = "hash";

    private static final Pattern SAID_SEQUENCE = Pattern.compile("\"" + THROUGH + "\":\"([0-9]{1,18})\"");
    private static final Pattern SAID_HASH = Pattern.compile("\"" + HASH + "\":\"([0-9a-f]{64})\"");

    /** Empty when the record says no such thing. */
    static Optional<Checkpoint> of(AuditRecord record) {
        String detail = record.detail() == null ? "" : record.detail();
        Matcher sequence = SAID_SEQUENCE.matcher(detail);
        Matcher hash = SAID_HASH.matcher(detail);
        return sequence.find() && hash.find()
                ? Optional.of(new Checkpoint(Long.parseLong(sequence.group(1)), hash.group(1)))
                : Optional.empty();
    }
}
