package io.hubmesh.audit.chain;

import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Entry;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one way to append. Whoever appends locks the head until the transaction is over, so that there is one order and no gap. Within the
 * transaction of a change, the record stands or falls with it.
 */
@Repository
public class Chain {

    private final ChainRows rows;
    private final EntityManager changes;

    Chain(ChainRows rows, EntityManager changes) {
        this.rows = rows;
        this.changes = changes;
    }

    /** Appends them one after the other. The head is locked last of all that the transaction locks, so that nobody waits in a circle. */
    @Transactional
    public void append(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        changes.flush();
        Head head = rows.lockHead();
        List<AuditRecord> records = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            AuditRecord record = head.next(entry);
            records.add(record);
            head = Head.of(record);
        }
        rows.add(records);
    }

    /** Where it ends now. */
    @Transactional(readOnly = true)
    public Head head() {
        return rows.head().orElse(Head.START);
    }
}
