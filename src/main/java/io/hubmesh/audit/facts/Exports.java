package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Filter;
import io.hubmesh.audit.Thing;
import org.springframework.stereotype.Component;

/** Records who took the audit out of the hub. */
@Component
public class Exports {

    private final Journal journal;

    Exports(Journal journal) {
        this.journal = journal;
    }

    /** Recorded before the first byte goes out. */
    public void tell(String format, Filter filter) {
        journal.now(journal.entry(Action.AUDIT_EXPORTED, Thing.of(Thing.Kind.AUDIT, null))
                .saying("format", format)
                .saying("all", filter.isAll()));
    }
}
