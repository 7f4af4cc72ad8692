package io.hubmesh.delivery;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.EgressCapsChanged;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * How much the hub may send, and the one way to change it. A change holds at once, also for downloads under way that are paced already, for archives and
 * for several ranges at once; what the connector sends already goes on as it began.
 */
@Service
public class EgressBook {

    private static final Logger LOG = LoggerFactory.getLogger(EgressBook.class);

    private final JdbcClient database;
    private final EgressPacer pacer;
    private final ApplicationEventPublisher events;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile EgressCaps caps;

    EgressBook(JdbcClient database, EgressPacer pacer, ApplicationEventPublisher events) {
        this.database = database;
        this.pacer = pacer;
        this.events = events;
        this.caps = read();
        pacer.limit(caps.hub(), caps.account());
    }

    /** As they are now; asks nothing of the database. */
    public EgressCaps now() {
        return caps;
    }

    /**
     * Puts others in the place of those of that version.
     *
     * @throws ProblemException forbidden when the subject is no administrator, invalid-value when one is out of its bounds, precondition-failed when
     *     the version is not the present one
     */
    public EgressCaps change(Subject subject, @Nullable Long hub, @Nullable Long account, long version) {
        if (!subject.isAdministrator()) {
            throw new ProblemException(ProblemCode.FORBIDDEN);
        }
        require(hub);
        require(account);
        oneAtATime.lock();
        try {
            if (!write(hub, account, version)) {
                throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
            }
            caps = read();
            pacer.limit(hub, account);
            events.publishEvent(new EgressCapsChanged(hub, account));
            LOG.info(
                    "{} has limited what the hub sends: {} B/s in all, {} B/s an account",
                    subject.name(),
                    hub,
                    account);
            return caps;
        } finally {
            oneAtATime.unlock();
        }
    }

    private static void require(@Nullable Long rate) {
        if (rate != null && (rate < EgressCaps.LEAST || rate > EgressCaps.MOST)) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE,
                    "A limit is " + EgressCaps.LEAST + " to " + EgressCaps.MOST + " bytes a second, or none.");
        }
    }

    private EgressCaps read() {
        return database.sql("select version, hub_rate, account_rate from egress_caps")
                .query((row, number) ->
                        new EgressCaps(row.getLong(1), row.getObject(2, Long.class), row.getObject(3, Long.class)))
                .single();
    }

    private boolean write(@Nullable Long hub, @Nullable Long account, long version) {
        return database.sql(
                                "update egress_caps set version = version + 1, hub_rate = ?, account_rate = ? where version = ?")
                        .param(1, hub)
                        .param(2, account)
                        .param(3, version)
                        .update()
                == 1;
    }
}
