package io.hubmesh.mesh.signalling;

import io.hubmesh.accounts.events.AccessEnded;
import io.hubmesh.accounts.events.AccountDisabled;
import io.hubmesh.accounts.events.RoleChanged;
import io.hubmesh.library.events.PeerDeliveryChanged;
import io.hubmesh.library.events.ResourceDeleted;
import io.hubmesh.mesh.admission.Admission;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.permissions.events.GrantsChanged;
import java.util.function.Predicate;
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
    private final Herald herald;

    TakingBack(Upkeep upkeep, Admissions admissions, Herald herald) {
        this.upkeep = upkeep;
        this.admissions = admissions;
        this.herald = herald;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(GrantsChanged change) {
        review(admission -> admission.account().equals(change.account()));
        upkeep.soon(() -> herald.tellPermitted(change.account()));
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
    void on(PeerDeliveryChanged change) {
        review(admission -> change.resource().equals(admission.resource()));
        if (change.allowed()) {
            upkeep.soon(() -> herald.tellPermitted(change.resource()));
        }
    }

    private void review(Predicate<Admission> concerned) {
        admissions.decideAnew();
        upkeep.soon(() -> herald.announce(admissions.review(concerned)));
    }
}
