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
import org.jspecify.annotations.Nullable;

/** A grant as it is kept. The grantee stands twice: in the key, and where the database can tell an account from a group. */
@Entity
@Table(name = "grants")
@IdClass(GrantRow.Key.class)
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class GrantRow {

    record Key(UUID resourceId, UUID granteeId) implements Serializable {

        static Key of(ResourceId resource, Grantee grantee) {
            return new Key(resource.value(), grantee.id());
        }
    }

    @Id
    private UUID resourceId;

    @Id
    private UUID granteeId;

    private @Nullable UUID accountId;
    private @Nullable UUID groupId;

    @Enumerated(EnumType.STRING)
    @Column(name = "granted_level", columnDefinition = "varchar(16)")
    private Level level;

    private UUID grantedBy;
    private Instant grantedAt;

    protected GrantRow() {}

    GrantRow(Grant grant) {
        this.resourceId = grant.resource().value();
        this.granteeId = grant.grantee().id();
        this.accountId = grant.grantee().account().map(AccountId::value).orElse(null);
        this.groupId = grant.grantee().group().isPresent() ? granteeId : null;
        this.level = grant.level();
        this.grantedBy = grant.grantedBy().value();
        this.grantedAt = grant.grantedAt();
    }

    Grant toGrant() {
        Grantee grantee = new Grantee(groupId == null ? Grantee.Kind.ACCOUNT : Grantee.Kind.GROUP, granteeId);
        return new Grant(new ResourceId(resourceId), grantee, level, new AccountId(grantedBy), grantedAt);
    }
}
