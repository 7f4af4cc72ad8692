package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import java.util.Set;

/**
 * Accounts were put into a group or taken out of it, or the group is gone. {@code accounts} are those that this concerns, and nobody
 * else; by the time it is told after the commit, {@code Groups.of} knows.
 */
public record GroupMembersChanged(GroupId group, Set<AccountId> accounts) {

    public GroupMembersChanged {
        accounts = Set.copyOf(accounts);
    }
}
