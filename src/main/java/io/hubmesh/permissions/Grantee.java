package io.hubmesh.permissions;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import java.util.Optional;
import java.util.UUID;

/** To whom something is granted: one account, or everybody in a group. */
public record Grantee(Kind kind, UUID id) {

    /** What it is. */
    public enum Kind {
        ACCOUNT,
        GROUP
    }

    public static Grantee of(AccountId account) {
        return new Grantee(Kind.ACCOUNT, account.value());
    }

    public static Grantee of(GroupId group) {
        return new Grantee(Kind.GROUP, group.value());
    }

    /** Empty for a group. */
    public Optional<AccountId> account() {
        return kind == Kind.ACCOUNT ? Optional.of(new AccountId(id)) : Optional.empty();
    }

    /** Empty for an account. */
    public Optional<GroupId> group() {
        return kind == Kind.GROUP ? Optional.of(new GroupId(id)) : Optional.empty();
    }
}
