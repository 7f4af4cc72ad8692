package io.hubmesh.library;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Chain;
import io.hubmesh.permissions.Grant;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.Permissions;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who reaches a resource and why, and how its managers change that. */
@Service
@Transactional
public class Access {

    private final Library library;
    private final Permissions permissions;
    private final Accounts accounts;

    Access(Library library, Permissions permissions, Accounts accounts) {
        this.library = library;
        this.permissions = permissions;
        this.accounts = accounts;
    }

    /**
     * A grant that reaches a resource.
     *
     * @param from the resource that it was given on: the resource itself, or an ancestor
     * @param inherited whether it was given on an ancestor
     */
    public record Reach(Account account, Level level, Resource from, boolean inherited) {}

    /** Every grant that reaches the resource, its own first. The subject needs MANAGE. */
    @Transactional(readOnly = true)
    public List<Reach> reaching(Subject subject, ResourceId id) {
        library.require(subject, id, Level.MANAGE);
        Chain chain = library.chain(id);
        return permissions.reaching(chain).stream()
                .flatMap(grant -> reach(grant, id).stream())
                .toList();
    }

    /** @throws ProblemException not-found when there is no such account, and as {@link Permissions#grant} */
    public void grant(Subject subject, ResourceId id, String accountName, Level level) {
        library.require(subject, id, Level.MANAGE);
        permissions.grant(subject, library.chain(id), find(accountName).id(), level);
    }

    /** @throws ProblemException not-found when there is no such account or grant, and as {@link Permissions#withdraw} */
    public void withdraw(Subject subject, ResourceId id, String accountName) {
        library.require(subject, id, Level.MANAGE);
        permissions.withdraw(subject, library.chain(id), find(accountName).id());
    }

    private Account find(String name) {
        return accounts.findByName(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "There is no account named \"" + name + "\". Check the spelling."));
    }

    private Optional<Reach> reach(Grant grant, ResourceId id) {
        return accounts.find(grant.account())
                .map(account -> new Reach(
                        account,
                        grant.level(),
                        library.named(grant.resource()),
                        !grant.resource().equals(id)));
    }
}
