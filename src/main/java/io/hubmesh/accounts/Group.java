package io.hubmesh.accounts;

import io.hubmesh.kernel.GroupId;
import java.time.Instant;

/**
 * Accounts under one name, so that something can be granted to all of them at once. A group holds accounts and no other groups.
 *
 * @param name as it was typed; unique whatever its case
 * @param members how many accounts are in it
 */
public record Group(GroupId id, String name, Instant createdAt, int members) {

    /** What groups are ordered by; unique. */
    public String key() {
        return GroupRow.key(name);
    }
}
