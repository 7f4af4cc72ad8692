package io.hubmesh.accounts;

import io.hubmesh.accounts.events.GroupMembersChanged;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.Remembered;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** The groups of accounts that were asked for lately: every decision about a member asks. */
@Component
class Memberships {

    /** Accounts; each of some hundred bytes. */
    private static final int MOST = 20_000;

    /** Every change is heard of; this bounds what else may have changed the table. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final GroupMemberRows rows;
    private final Remembered<AccountId, Set<GroupId>> known;

    Memberships(GroupMemberRows rows, Clock clock) {
        this.rows = rows;
        this.known = new Remembered<>(MOST, KEPT, clock);
    }

    Set<GroupId> of(AccountId account) {
        return known.find(account, this::read).orElse(Set.of());
    }

    private Optional<Set<GroupId>> read(AccountId account) {
        return Optional.of(rows.findByAccountId(account.value()).stream()
                .map(GroupMemberRow::group)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** First of all listeners: whoever decides anew because of the change is to find it. */
    @TransactionalEventListener(fallbackExecution = true)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(GroupMembersChanged change) {
        known.forget();
    }
}
