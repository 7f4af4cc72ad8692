package io.hubmesh.accounts;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;

/** That an account is in a group. */
@Entity
@Table(name = "group_members")
@IdClass(GroupMemberRow.Key.class)
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class GroupMemberRow {

    record Key(UUID groupId, UUID accountId) implements Serializable {}

    @Id
    private UUID groupId;

    @Id
    private UUID accountId;

    protected GroupMemberRow() {}

    GroupMemberRow(GroupId group, AccountId account) {
        this.groupId = group.value();
        this.accountId = account.value();
    }

    GroupId group() {
        return new GroupId(groupId);
    }

    AccountId account() {
        return new AccountId(accountId);
    }
}
