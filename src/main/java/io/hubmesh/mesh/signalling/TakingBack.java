package io.hubmesh.mesh.signalling;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.events.AccessEnded;
import io.hubmesh.accounts.events.AccountDisabled;
import io.hubmesh.accounts.events.GroupMembersChanged;
import io.hubmesh.accounts.events.RoleChanged;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.library.events.ContentReplaced;
import io.hubmesh.library.events.PeerDeliveryChanged;
import io.hubmesh.library.events.ResourceDeleted;
import io.hubmesh.library.events.ResourceMoved;
import io.hubmesh.mesh.admission.Admission;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.admission.Review;
import io.hubmesh.permissions.Grantee;
import io.hubmesh.permissions.events.GrantsChanged;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Hears what may have taken a permission away, or given one again, and has everything concerned decided about again. After the commit, so that the
 * decision sees it, and on the room's own thread, so that nobody waits for peers while a transaction's connection is held.
 */
@Component
class TakingBack {

    private final Upkeep upkeep;
    private final Admissions admissions;
    private final Review review;
    private final Herald herald;
    private final Groups groups;

    TakingBack(Upkeep upkeep, Admissions admissions, Review review, Herald herald, Groups groups) {
        this.upkeep = upkeep;
        this.admissions = admissions;
        this.review = review;
        this.herald = herald;
        this.groups = groups;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(GrantsChanged change) {
        reviewAll(() -> concernedBy(change.grantee()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(GroupMembersChanged change) {
        reviewAll(change::accounts);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AccountDisabled disabled) {
        review(admission -> admission.account().equals(disabled.account()));
        upkeep.soon(() -> herald.showOut(disabled.account()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(RoleChanged change) {
        review(admission -> admission.account().equals(change.account()));
        upkeep.soon(() -> herald.lookAgain(change.account()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AccessEnded ended) {
        upkeep.soon(() -> herald.lookAgain(ended.account()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ResourceDeleted deleted) {
        review(admission -> admission.content() != null && deleted.contents().contains(admission.content()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ResourceMoved moved) {
        review(admission -> admission.content() != null && moved.contents().contains(admission.content()));
        upkeep.soon(herald::tellPermitted);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ContentReplaced replaced) {
        review(admission -> replaced.before().equals(admission.content()));
        upkeep.soon(() -> herald.tellPermitted(replaced.resource()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(PeerDeliveryChanged change) {
        review(admission -> change.resource().equals(admission.resource()));
        if (change.allowed()) {
            upkeep.soon(() -> herald.tellPermitted(change.resource()));
        }
    }

    /** Nobody, when the group is gone: then its end is told as well. */
    private Set<AccountId> concernedBy(Grantee grantee) {
        return grantee.account()
                .map(Set::of)
                .orElseGet(
                        () -> grantee.group().filter(group -> groups.find(group).isPresent()).stream()
                                .flatMap(group -> groups.members(group).stream())
                                .map(Account::id)
                                .collect(Collectors.toSet()));
    }

    /** @param concerned is asked on the room's own thread */
    private void reviewAll(Supplier<Set<AccountId>> concerned) {
        admissions.decideAnew();
        upkeep.soon(() -> {
            Set<AccountId> accounts = concerned.get();
            review.of(admission -> accounts.contains(admission.account()), herald::announce);
            accounts.forEach(herald::tellPermitted);
        });
    }

    private void review(Predicate<Admission> concerned) {
        admissions.decideAnew();
        upkeep.soon(() -> review.of(concerned, herald::announce));
    }
}
