package io.hubmesh.accounts.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import org.jspecify.annotations.Nullable;

/**
 * A group was made, renamed or ended, or somebody was put in or taken out.
 *
 * @param name as it is now, or was last
 * @param account whom it is about; null when it is about the group itself
 */
public record GroupChanged(
        GroupId group, String name, Change change, @Nullable AccountId account) {

    /** What became of it. */
    public enum Change {
        CREATED,
        RENAMED,
        DELETED,
        ACCOUNT_ADDED,
        ACCOUNT_REMOVED
    }
}
