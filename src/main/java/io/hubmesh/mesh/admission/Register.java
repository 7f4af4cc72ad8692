package io.hubmesh.mesh.admission;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.TicketsWithdrawn;
import io.hubmesh.mesh.ticket.Revocation;
import io.hubmesh.mesh.ticket.Tickets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The admissions with what of them is asked for all the time kept at hand, so that a peer that joins or enters mostly costs the
 * database nothing. Not safe for threads: whoever uses it holds the lock of {@link Admissions}.
 */
@Component
class Register {

    /** More would not fit a message; then members are named without their contents, and get new tickets on entering. */
    private static final int MOST_ENTRIES = 300;

    /** What is written down lasts so much longer than the ticket, so that tickets of the next minutes need no writing. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** Revocations that fade stay in the list for so much longer. */
    private static final Duration LIST_KEPT = Duration.ofMinutes(1);

    /** Admissions remembered as written; each takes about 200 bytes. */
    private static final int MOST_WRITTEN = 100_000;

    private record Scope(AccountId account, @Nullable ContentId content) {}

    private record Written(@Nullable ResourceId resource, Instant fadesAt) {}

    private record Signed(Instant at, List<Revocation> revoked, String list) {}

    private final AdmissionRows rows;
    private final Tickets tickets;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Map<Scope, Written> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Scope, Written> eldest) {
            return size() > MOST_WRITTEN;
        }
    };
    private @Nullable Long epoch;
    private @Nullable Signed signed;

    Register(AdmissionRows rows, Tickets tickets, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.tickets = tickets;
        this.events = events;
        this.clock = clock;
    }

    /** Rises with every revocation. */
    long epoch() {
        Long known = epoch;
        if (known == null) {
            known = rows.epoch();
            epoch = known;
        }
        return known;
    }

    /** Notes that a ticket is about to be issued; what was taken back before is given again. */
    void admit(Admission admission) {
        Scope scope = new Scope(admission.account(), admission.content());
        Instant fadesAt = tickets.fadesAt(clock.instant());
        Written before = written.get(scope);
        if (before == null
                || before.fadesAt().isBefore(fadesAt)
                || (admission.resource() != null && !admission.resource().equals(before.resource()))) {
            Instant ahead = fadesAt.plus(AHEAD);
            rows.admit(admission, ahead);
            written.put(scope, new Written(admission.resource(), ahead));
            if (isRevoked(new Revocation(admission.account(), admission.content()))) {
                signed = null;
            }
        }
    }

    /** Raises the epoch and notes what was taken back. */
    void revoke(Collection<Revocation> revocations) {
        rows.revoke(revocations, tickets.fadesAt(clock.instant()).plus(AHEAD));
        revocations.forEach(each -> written.remove(new Scope(each.account(), each.content())));
        epoch = null;
        signed = null;
        revocations.forEach(each -> events.publishEvent(new TicketsWithdrawn(each.account(), each.content())));
    }

    /** A signed list of all that was taken back. */
    String revocations() {
        Instant now = clock.instant();
        Signed known = signed;
        if (known == null || known.at().plus(LIST_KEPT).isBefore(now)) {
            List<Revocation> revoked = rows.revoked(now);
            known = new Signed(now, revoked, tickets.revocations(epoch(), shortened(revoked)));
            signed = known;
        }
        return known.list();
    }

    /** Everything that is admitted, whether its peer is online or not. */
    Stream<Admission> standing() {
        return rows.standing(clock.instant()).stream();
    }

    private boolean isRevoked(Revocation revocation) {
        Signed known = signed;
        return known != null && known.revoked().contains(revocation);
    }

    private static List<Revocation> shortened(List<Revocation> revoked) {
        if (revoked.size() <= MOST_ENTRIES) {
            return revoked;
        }
        return revoked.stream()
                .map(revocation -> new Revocation(revocation.account(), null))
                .distinct()
                .toList();
    }
}
