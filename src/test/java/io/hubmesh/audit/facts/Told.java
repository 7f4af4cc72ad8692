package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Filter;
import io.hubmesh.audit.Outcome;
import io.hubmesh.audit.chain.Trail;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the audit tells, as tests ask for it. */
record Told(Trail trail) {

    private static final int MOST = 100;

    /** The only record of that; it fails where there is none, or another one. */
    AuditRecord one(String actor, Action action, Outcome outcome) {
        return trail.page(new Filter(actor, action, null, outcome, null, null, null), null, MOST).stream()
                .filter(record -> Objects.equals(record.actorName(), actor))
                .reduce((first, second) -> {
                    throw new AssertionError("twice: " + first + second);
                })
                .orElseThrow();
    }

    List<AuditRecord> all(String actor, Action action) {
        return trail.page(new Filter(actor, action, null, null, null, null, null), null, MOST);
    }

    /** The newest first. */
    List<AuditRecord> about(String object, @Nullable Action action, int most) {
        return trail.page(new Filter(null, action, object, null, null, null, null), null, most);
    }
}
