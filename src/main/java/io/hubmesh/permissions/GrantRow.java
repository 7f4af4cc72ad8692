package io.hubmesh.permissions;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** A grant as it is kept. */
@Entity
@Table(name = "grants")
@IdClass(GrantRow.Key.class)
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class GrantRow {

    record Key(UUID resourceId, UUID accountId) implements Serializable {}

    @Id
    private UUID resourceId;

    @Id
    private UUID accountId;

    @Enumerated(EnumType.STRING)
    @Column(name = "granted_level", columnDefinition = "varchar(16)")
    private Level level;

    private UUID grantedBy;
    private Instant grantedAt;

    protected GrantRow() {}

    GrantRow(Grant grant) {
        this.resourceId = grant.resource().value();
        this.accountId = grant.account().value();
        this.level = grant.level();
        this.grantedBy = grant.grantedBy().value();
        this.grantedAt = grant.grantedAt();
    }

    Grant toGrant() {
        return new Grant(
                new ResourceId(resourceId), new AccountId(accountId), level, new AccountId(grantedBy), grantedAt);
    }
}
