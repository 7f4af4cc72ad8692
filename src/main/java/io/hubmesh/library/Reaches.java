package io.hubmesh.library;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Chain;
import io.hubmesh.permissions.Decision;
import io.hubmesh.permissions.Grant;
import io.hubmesh.permissions.Grantee;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.Permissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who reaches what, and why: for one resource, for one person, and for many of both. Every level is a decision of {@link Permissions}. */
@Service
@Transactional(readOnly = true)
public class Reaches {

    /** What one page shows. */
    public static final int PAGE = 50;

    /** Below that many letters, a name is not searched for: nobody reads the list of all people letter by letter. */
    private static final int FEWEST_LETTERS = 2;

    /** What a search shows. */
    private static final int MOST_FOUND = 10;

    private static final Comparator<Ranked> HIGHEST_FIRST = Comparator.comparing(
                    (Ranked ranked) -> ranked.decision().level())
            .reversed()
            .thenComparing(ranked -> ranked.account().name());

    private record Ranked(Account account, Decision.Allowed decision) {}

    private final Library library;
    private final Permissions permissions;
    private final Accounts accounts;
    private final Groups groups;

    Reaches(Library library, Permissions permissions, Accounts accounts, Groups groups) {
        this.library = library;
        this.permissions = permissions;
        this.accounts = accounts;
        this.groups = groups;
    }

    /**
     * Why somebody reaches something.
     *
     * @param group the group that the grant names; null for the person's own, and for administrators
     * @param from the resource that the grant was given on; null for administrators, who need none
     * @param inherited whether that is above the resource in question
     */
    public record Why(
            Level level, @Nullable Group group, @Nullable Resource from, boolean inherited) {}

    /** Somebody, and the highest level that they have. */
    public record Person(Account account, Why why) {}

    /** Somebody's way to a resource: what was granted, where, and to whom. */
    public record Way(
            Resource resource, Level level, @Nullable Group group) {}

    /** @param more whether others follow */
    public record Page<T>(List<T> items, int number, boolean more) {

        static <T> Page<T> of(List<T> all, int number) {
            int page = Math.max(0, number);
            List<T> items = all.stream().skip((long) page * PAGE).limit(PAGE).toList();
            return new Page<>(items, page, all.size() > (page + 1L) * PAGE);
        }
    }

    /** What a search finds. */
    public record Found(Grantee grantee, String name, String displayName) {}

    /** Everybody who reaches a resource, highest level first, then by name. The subject needs MANAGE. */
    public Page<Person> of(Subject subject, ResourceId id, int page) {
        library.require(subject, id, Level.MANAGE);
        Chain chain = library.chain(id);
        Set<Object> granted = permissions.reaching(chain).stream()
                .flatMap(grant ->
                        grant
                                .grantee()
                                .group()
                                .<Object>map(group -> group)
                                .or(() -> grant.grantee().account())
                                .stream())
                .collect(Collectors.toSet());
        List<Ranked> all = accounts.all().stream()
                .filter(account -> account.role() == Role.ADMINISTRATOR
                        || granted.contains(account.id())
                        || groups.of(account.id()).stream().anyMatch(granted::contains))
                .flatMap(account -> decide(account, chain).map(decision -> new Ranked(account, decision)).stream())
                .sorted(HIGHEST_FIRST)
                .toList();
        Page<Ranked> shown = Page.of(all, page);
        List<Person> people = shown.items().stream()
                .map(ranked -> new Person(ranked.account(), why(ranked.decision(), chain)))
                .toList();
        return new Page<>(people, shown.number(), shown.more());
    }

    /**
     * What a named person has on a resource, and why; empty when they do not reach it. The subject needs MANAGE.
     *
     * @throws ProblemException not-found when there is no such account
     */
    public Optional<Why> of(Subject subject, ResourceId id, String name) {
        library.require(subject, id, Level.MANAGE);
        return why(named(name), library.chain(id));
    }

    /** Everything that was granted to somebody, by itself or by a group, by the names of the resources. For administrators. @throws ProblemException not-found */
    public List<Way> ways(AccountId id) {
        Account account = accounts.find(id).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        Map<GroupId, Group> known = groups.all().stream().collect(Collectors.toMap(Group::id, Function.identity()));
        return permissions.of(account.id()).stream()
                .filter(grant -> library.isThere(grant.resource()))
                .map(grant -> way(grant, known))
                .sorted(Comparator.comparing((Way way) -> way.resource().name())
                        .thenComparing(Way::level, Comparator.reverseOrder()))
                .toList();
    }

    /** Why an account has what it has on a resource; empty when it has nothing. For administrators. */
    public Optional<Why> why(Account account, Chain chain) {
        return decide(account, chain).map(decision -> why(decision, chain));
    }

    /**
     * Those whose name begins so, for whoever manages a resource and wants to grant it: people by the name that they sign in with or are shown by, and
     * groups. At most ten, and none for fewer than two letters. The subject needs MANAGE.
     */
    public List<Found> search(Subject subject, ResourceId id, String beginning) {
        library.require(subject, id, Level.MANAGE);
        String wanted = beginning.strip();
        if (wanted.codePointCount(0, wanted.length()) < FEWEST_LETTERS) {
            return List.of();
        }
        List<Found> people = accounts.beginningWith(wanted, MOST_FOUND).stream()
                .map(account -> new Found(Grantee.of(account.id()), account.name(), account.displayName()))
                .toList();
        List<Found> teams = groups.beginningWith(wanted, MOST_FOUND).stream()
                .map(group -> new Found(Grantee.of(group.id()), group.name(), group.name()))
                .toList();
        return Stream.concat(people.stream(), teams.stream())
                .sorted(Comparator.comparing((Found each) -> each.name().length())
                        .thenComparing(Found::name))
                .limit(MOST_FOUND)
                .toList();
    }

    private Optional<Decision.Allowed> decide(Account account, Chain chain) {
        Subject subject = new Subject(account.id(), account.name(), account.role());
        return permissions.decide(subject, Level.READ, chain) instanceof Decision.Allowed allowed
                ? Optional.of(allowed)
                : Optional.empty();
    }

    private Why why(Decision.Allowed decision, Chain chain) {
        ResourceId from = decision.from();
        Grantee to = decision.to();
        return new Why(
                decision.level(),
                to == null ? null : to.group().flatMap(groups::find).orElse(null),
                from == null ? null : library.named(from),
                from != null && !from.equals(chain.resource()));
    }

    private Way way(Grant grant, Map<GroupId, Group> known) {
        return new Way(
                library.named(grant.resource()),
                grant.level(),
                grant.grantee().group().map(known::get).orElse(null));
    }

    private Account named(String name) {
        return accounts.findByName(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "There is no account named \"" + name + "\". Check the spelling."));
    }
}
