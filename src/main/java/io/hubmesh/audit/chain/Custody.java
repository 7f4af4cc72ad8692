package io.hubmesh.audit.chain;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Outcome;
import io.hubmesh.audit.Thing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Looks after the chain: notes its end outside of the database, checks it, and takes out what is too old. */
@Service
public class Custody {

    private static final Logger LOG = LoggerFactory.getLogger(Custody.class);

    private final Chain chain;
    private final ChainRows rows;
    private final Pruning pruning;
    private final Anchor anchor;
    private final Clock clock;

    /** Pruning takes away what a check is looking at. */
    private final ReentrantLock oneAtATime = new ReentrantLock();

    private @Nullable Head noted;

    Custody(Chain chain, ChainRows rows, Pruning pruning, @Value("${hubmesh.data}") Path data, Clock clock) {
        this.chain = chain;
        this.rows = rows;
        this.pruning = pruning;
        this.anchor = new Anchor(data);
        this.clock = clock;
    }

    /**
     * Notes where the chain ends now. When the end that was noted last is no longer there, that becomes a record of the chain first: a new
     * note must not hide what happened to the old one.
     */
    public void note() {
        alone(() -> {
            Head head = chain.head();
            if (head.equals(noted)) {
                return;
            }
            String doubt = doubt(head);
            if (doubt != null) {
                LOG.error("The audit has been altered: {}", doubt);
                chain.append(List.of(
                        Entry.done(clock.instant(), Actor.HUB, Action.AUDIT_DOUBTED, Thing.of(Thing.Kind.AUDIT, null))
                                .with(Outcome.FAILED)
                                .saying("why", doubt)));
                head = chain.head();
            }
            write(head);
        });
    }

    /** Checks the whole chain; takes about a second for each 100,000 records. */
    public Verdict verify() {
        oneAtATime.lock();
        try {
            return new Verification(rows, anchor.read()).verdict();
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * As {@link #verify()}, of a hub that is not running.
     *
     * @param data its data folder
     */
    public static Verdict verify(DataSource database, Path data) {
        ChainRows rows = new ChainRows(JdbcClient.create(database), new JdbcTemplate(database));
        return new Verification(rows, new Anchor(data).read()).verdict();
    }

    /** Takes out what is older than the setting says, if anything is. */
    public void prune() {
        note();
        alone(() -> {
            boolean more = true;
            while (more) {
                more = pruning.prune();
            }
        });
        note();
    }

    private @Nullable String doubt(Head head) {
        Anchor.Found found = noted == null ? anchor.read() : new Anchor.Found.Noted(noted);
        if (found instanceof Anchor.Found.Forged) {
            return "The note of its end was damaged.";
        }
        if (found instanceof Anchor.Found.Noted last) {
            return stands(last.head(), head)
                    ? null
                    : "It no longer holds record " + last.head().sequence() + " as noted.";
        }
        return head.sequence() == 0 ? null : "The note of its end was missing.";
    }

    private boolean stands(Head before, Head now) {
        Optional<AuditRecord> record = rows.find(before.sequence());
        boolean pruned = record.isEmpty() && before.sequence() < rows.first();
        return before.sequence() <= now.sequence()
                && (before.sequence() == 0
                        || pruned
                        || record.filter(found -> found.hash().equals(before.hash()))
                                .isPresent());
    }

    private void write(Head head) {
        try {
            anchor.write(head);
            noted = head;
        } catch (IOException failure) {
            LOG.warn("The end of the audit could not be noted in the data folder; it will be tried again", failure);
        }
    }

    private void alone(Runnable task) {
        oneAtATime.lock();
        try {
            task.run();
        } finally {
            oneAtATime.unlock();
        }
    }
}
