package io.hubmesh.permissions;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.events.AccessDenied;
import io.hubmesh.permissions.events.GrantGiven;
import io.hubmesh.permissions.events.GrantWithdrawn;
import io.hubmesh.permissions.events.GrantsChanged;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one place that decides who may do what. Without a grant on the resource or above it, nothing is allowed; an
 * administrator may do everything. Pages, the API, tickets and leases all ask here.
 */
@Service
@Transactional
public class Permissions {

    private final GrantRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Permissions(GrantRows rows, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /** Whether the subject has at least this level on the chain's resource, and why. */
    @Transactional(readOnly = true)
    public Decision decide(Subject subject, Level needed, Chain chain) {
        if (subject.isAdministrator()) {
            return new Decision.Allowed(Level.MANAGE, null);
        }
        Optional<Grant> highest = highest(subject, chain);
        if (highest.isPresent() && highest.get().level().includes(needed)) {
            return new Decision.Allowed(highest.get().level(), highest.get().resource());
        }
        return new Decision.Denied(highest.map(Grant::level).orElse(null));
    }

    /**
     * Goes on only when the subject has at least this level.
     *
     * @throws ProblemException not-found when the subject may not even see it, forbidden when the level is too low
     */
    @Transactional(readOnly = true)
    public void require(Subject subject, Level needed, Chain chain) {
        if (decide(subject, needed, chain) instanceof Decision.Denied denied) {
            events.publishEvent(new AccessDenied(subject.accountId(), chain.resource(), needed, denied.highest()));
            throw denied.highest() == null
                    ? new ProblemException(ProblemCode.NOT_FOUND)
                    : new ProblemException(
                            ProblemCode.FORBIDDEN,
                            "You have " + denied.highest() + " here; this needs " + needed
                                    + ". Ask someone who manages it.");
        }
    }

    /**
     * Gives a level, or changes the one there is. The subject needs MANAGE.
     *
     * @throws ProblemException as {@link #require}
     */
    public void grant(Subject subject, Chain chain, AccountId account, Level level) {
        require(subject, Level.MANAGE, chain);
        Level before = rows.findById(new GrantRow.Key(chain.resource().value(), account.value()))
                .map(row -> row.toGrant().level())
                .orElse(null);
        rows.save(new GrantRow(new Grant(chain.resource(), account, level, subject.accountId(), clock.instant())));
        events.publishEvent(new GrantGiven(chain.resource(), account, level, before));
        events.publishEvent(new GrantsChanged(chain.resource(), account));
    }

    /**
     * Takes the grant on exactly this resource away; what is inherited from above stays. The subject needs MANAGE.
     *
     * @throws ProblemException as {@link #require}; not-found when there is no such grant
     */
    public void withdraw(Subject subject, Chain chain, AccountId account) {
        require(subject, Level.MANAGE, chain);
        GrantRow row = rows.findById(new GrantRow.Key(chain.resource().value(), account.value()))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "There is no grant on this resource for that account."));
        rows.delete(row);
        events.publishEvent(
                new GrantWithdrawn(chain.resource(), account, row.toGrant().level()));
        events.publishEvent(new GrantsChanged(chain.resource(), account));
    }

    /** Every grant that reaches the resource, its own first, then its ancestors' up to the top. */
    @Transactional(readOnly = true)
    public List<Grant> reaching(Chain chain) {
        return rows
                .findByResourceIdIn(chain.ids().stream().map(ResourceId::value).toList())
                .stream()
                .map(GrantRow::toGrant)
                .sorted(Comparator.comparingInt(grant -> chain.ids().indexOf(grant.resource())))
                .toList();
    }

    /** The resources on which an account has a grant of its own. */
    @Transactional(readOnly = true)
    public List<Grant> of(AccountId account) {
        return rows.findByAccountId(account.value()).stream()
                .map(GrantRow::toGrant)
                .toList();
    }

    private Optional<Grant> highest(Subject subject, Chain chain) {
        return rows
                .findByAccountIdAndResourceIdIn(
                        subject.accountId().value(),
                        chain.ids().stream().map(ResourceId::value).toList())
                .stream()
                .map(GrantRow::toGrant)
                .max(Comparator.comparing(Grant::level));
    }
}
