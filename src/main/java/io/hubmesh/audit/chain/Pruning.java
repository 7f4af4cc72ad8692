package io.hubmesh.audit.chain;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes the oldest records out, in pieces, and leaves a record that says up to which one, and that one's hash. */
@Service
class Pruning {

    /** Taken out in one transaction. */
    static final int STEP = 10_000;

    private final ChainRows rows;
    private final Chain chain;
    private final RetentionBook retention;
    private final Clock clock;

    Pruning(ChainRows rows, Chain chain, RetentionBook retention, Clock clock) {
        this.rows = rows;
        this.chain = chain;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * One piece. The record of it is in the same transaction.
     *
     * @return whether there may be more to take out
     */
    @Transactional
    public boolean prune() {
        Integer days = retention.now().keepDays();
        if (days == null) {
            return false;
        }
        long first = rows.first();
        Optional<AuditRecord> last = rows.lastBefore(clock.instant().minus(Duration.ofDays(days)))
                .flatMap(found -> rows.find(Math.min(found.sequence(), first + STEP - 1)));
        last.ifPresent(record -> {
            chain.append(List.of(
                    Entry.done(clock.instant(), Actor.HUB, Action.AUDIT_PRUNED, Thing.of(Thing.Kind.AUDIT, null))
                            .saying(Checkpoint.THROUGH, record.sequence())
                            .saying(Checkpoint.HASH, record.hash())
                            .saying("records", record.sequence() - first + 1)
                            .saying("keep", days + " days")));
            rows.deleteThrough(record.sequence());
        });
        return last.filter(record -> record.sequence() == first + STEP - 1).isPresent();
    }
}
