package io.hubmesh.audit.chain;

import io.hubmesh.accounts.Subject;
import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How long records are kept, and the one way to change it. */
@Repository
@Transactional
public class RetentionBook {

    private final JdbcClient database;
    private final Chain chain;
    private final Clock clock;

    RetentionBook(JdbcClient database, Chain chain, Clock clock) {
        this.database = database;
        this.chain = chain;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Retention now() {
        return database.sql("select version, keep_days from audit_settings where id = 1")
                .query((row, number) -> new Retention(row.getLong(1), row.getObject(2, Integer.class)))
                .single();
    }

    /**
     * Puts another in the place of that version; recorded like any other change.
     *
     * @throws ProblemException forbidden when the subject is no administrator, invalid-value when it is out of bounds,
     *     precondition-failed when somebody was quicker
     */
    public Retention change(Subject subject, @Nullable String address, Retention wanted) {
        if (!subject.isAdministrator()) {
            throw new ProblemException(ProblemCode.FORBIDDEN);
        }
        Integer days = wanted.keepDays();
        if (days != null && (days < Retention.SHORTEST || days > Retention.LONGEST)) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE,
                    "Records are kept for " + Retention.SHORTEST + " to " + Retention.LONGEST
                            + " days; leave it empty to keep them for ever.");
        }
        Retention before = now();
        int changed = database.sql(
                        "update audit_settings set version = version + 1, keep_days = ? where id = 1 and version = ?")
                .param(days)
                .param(wanted.version())
                .update();
        if (changed == 0) {
            throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
        }
        chain.append(List.of(Entry.done(
                        clock.instant(),
                        Actor.of(subject),
                        Action.SETTINGS_CHANGED,
                        Thing.of(Thing.Kind.SETTINGS, "audit"))
                .from(address)
                .saying("before", words(before.keepDays()))
                .saying("keep", words(days))));
        return now();
    }

    private static String words(@Nullable Integer days) {
        return days == null ? "for ever" : days + " days";
    }
}
