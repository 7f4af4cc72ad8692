package io.hubmesh.permissions;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Known;
import io.hubmesh.accounts.Role;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one place that decides who may do what. Without a grant on the resource or above it, nothing is allowed; an administrator may do everything,
 * and nobody can take that away. Pages, the API, tickets and leases all ask here. A decision looks into memory and needs no transaction; every
 * change is known to the next decision after its commit.
 */
@Service
public class Permissions {

    private final GrantRows rows;
    private final GrantBook book;
    private final Known known;
    private final Groups groups;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Permissions(
            GrantRows rows, GrantBook book, Known known, Groups groups, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.book = book;
        this.known = known;
        this.groups = groups;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Whether the subject has at least this level on the chain's resource, and why: by the highest grant to it or to a group that it is in; among
     * equals its own counts first, and then the nearest. A disabled account has none, and whoever is no longer an administrator is none, whatever the
     * subject says.
     */
    public Decision decide(Subject subject, Level needed, Chain chain) {
        Account account = known.account(subject.accountId()).orElse(null);
        if (account == null) {
            return new Decision.Denied(null);
        }
        if (subject.isAdministrator() && account.role() == Role.ADMINISTRATOR) {
            return new Decision.Allowed(Level.MANAGE, null, null);
        }
        Decision.Allowed highest = highest(account.id(), chain);
        if (highest != null && highest.level().includes(needed)) {
            return highest;
        }
        return new Decision.Denied(highest == null ? null : highest.level());
    }

    /**
     * Goes on only when the subject has at least this level.
     *
     * @throws ProblemException not-found when the subject may not even see it, forbidden when the level is too low
     */
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
    @Transactional
    public void grant(Subject subject, Chain chain, Grantee grantee, Level level) {
        require(subject, Level.MANAGE, chain);
        Level before = rows.findById(GrantRow.Key.of(chain.resource(), grantee))
                .map(row -> row.toGrant().level())
                .orElse(null);
        book.changing(grantee);
        rows.saveAndFlush(
                new GrantRow(new Grant(chain.resource(), grantee, level, subject.accountId(), clock.instant())));
        events.publishEvent(new GrantGiven(chain.resource(), grantee, level, before));
        events.publishEvent(new GrantsChanged(chain.resource(), grantee));
    }

    /**
     * Takes the grant on exactly this resource away; what is inherited from above stays. The subject needs MANAGE.
     *
     * @throws ProblemException as {@link #require}; not-found when there is no such grant
     */
    @Transactional
    public void withdraw(Subject subject, Chain chain, Grantee grantee) {
        require(subject, Level.MANAGE, chain);
        GrantRow row = rows.findById(GrantRow.Key.of(chain.resource(), grantee))
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such grant on this resource."));
        book.changing(grantee);
        rows.delete(row);
        rows.flush();
        events.publishEvent(
                new GrantWithdrawn(chain.resource(), grantee, row.toGrant().level()));
        events.publishEvent(new GrantsChanged(chain.resource(), grantee));
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

    /** The grants that an account has by itself and by its groups. */
    @Transactional(readOnly = true)
    public List<Grant> of(AccountId account) {
        return rows.findByGranteeIdIn(grantees(account).map(Grantee::id).toList()).stream()
                .map(GrantRow::toGrant)
                .toList();
    }

    /** The level that the subject was given on exactly each of these, without what it inherits; none where it was given none. */
    public Map<ResourceId, Level> given(Subject subject, Collection<ResourceId> resources) {
        return resources.stream()
                .distinct()
                .flatMap(resource ->
                        decide(subject, Level.READ, new Chain(List.of(resource))) instanceof Decision.Allowed allowed
                                ? Stream.of(Map.entry(resource, allowed.level()))
                                : Stream.empty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Decision.@Nullable Allowed highest(AccountId account, Chain chain) {
        Decision.Allowed highest = null;
        for (Grantee grantee : (Iterable<Grantee>) grantees(account)::iterator) {
            Map<ResourceId, Level> given = book.of(grantee);
            if (given.isEmpty()) {
                continue;
            }
            for (ResourceId step : chain.ids()) {
                Level level = given.get(step);
                if (level != null && (highest == null || level.compareTo(highest.level()) > 0)) {
                    highest = new Decision.Allowed(level, step, grantee);
                }
            }
        }
        return highest;
    }

    private Stream<Grantee> grantees(AccountId account) {
        return Stream.concat(
                Stream.of(Grantee.of(account)), groups.of(account).stream().map(Grantee::of));
    }
}
