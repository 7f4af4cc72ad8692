package io.hubmesh.library;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Chain;
import io.hubmesh.permissions.Grant;
import io.hubmesh.permissions.Grantee;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.Permissions;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The grants on a resource, and how its managers change them. */
@Service
@Transactional
public class Access {

    private final Library library;
    private final Permissions permissions;
    private final Accounts accounts;
    private final Groups groups;

    Access(Library library, Permissions permissions, Accounts accounts, Groups groups) {
        this.library = library;
        this.permissions = permissions;
        this.accounts = accounts;
        this.groups = groups;
    }

    /**
     * A grant that reaches a resource.
     *
     * @param name of the account or the group
     * @param displayName what others see of it
     * @param from the resource that it was given on: the resource itself, or an ancestor
     * @param inherited whether it was given on an ancestor
     */
    public record Reach(
            Grantee grantee, String name, String displayName, Level level, Resource from, boolean inherited) {}

    /** Every grant that reaches the resource, its own first. The subject needs MANAGE. */
    @Transactional(readOnly = true)
    public List<Reach> reaching(Subject subject, ResourceId id) {
        library.require(subject, id, Level.MANAGE);
        return permissions.reaching(library.chain(id)).stream()
                .flatMap(grant -> reach(grant, id).stream())
                .toList();
    }

    /** @throws ProblemException not-found when there is no such account, and as {@link Permissions#grant} */
    public void grant(Subject subject, ResourceId id, String accountName, Level level) {
        permissions.grant(subject, managed(subject, id), account(accountName), level);
    }

    /** @throws ProblemException not-found when there is no such account or grant, and as {@link Permissions#withdraw} */
    public void withdraw(Subject subject, ResourceId id, String accountName) {
        permissions.withdraw(subject, managed(subject, id), account(accountName));
    }

    /** @throws ProblemException not-found when there is no such group, and as {@link Permissions#grant} */
    public void grant(Subject subject, ResourceId id, GroupId group, Level level) {
        permissions.grant(subject, managed(subject, id), group(group), level);
    }

    /** @throws ProblemException not-found when there is no such group or grant, and as {@link Permissions#withdraw} */
    public void withdraw(Subject subject, ResourceId id, GroupId group) {
        permissions.withdraw(subject, managed(subject, id), group(group));
    }

    /** Asked first: whoever may not manage it is not told which names there are. */
    private Chain managed(Subject subject, ResourceId id) {
        library.require(subject, id, Level.MANAGE);
        return library.chain(id);
    }

    private Grantee account(String name) {
        return accounts.findByName(name)
                .map(account -> Grantee.of(account.id()))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "There is no account named \"" + name + "\". Check the spelling."));
    }

    private Grantee group(GroupId id) {
        return groups.find(id)
                .map(group -> Grantee.of(group.id()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such group."));
    }

    private Optional<Reach> reach(Grant grant, ResourceId id) {
        Resource from = library.named(grant.resource());
        boolean inherited = !grant.resource().equals(id);
        Optional<Account> account = grant.grantee().account().flatMap(accounts::find);
        if (account.isPresent()) {
            return account.map(found ->
                    new Reach(grant.grantee(), found.name(), found.displayName(), grant.level(), from, inherited));
        }
        Optional<Group> group = grant.grantee().group().flatMap(groups::find);
        return group.map(
                found -> new Reach(grant.grantee(), found.name(), found.name(), grant.level(), from, inherited));
    }
}
