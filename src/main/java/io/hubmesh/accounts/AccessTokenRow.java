package io.hubmesh.accounts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A personal access token as it is kept: never the secret, only its hash. */
@Entity
@Table(name = "access_tokens")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class AccessTokenRow {

    @Id
    private UUID id;

    private UUID accountId;
    private String name;
    private String secretHash;
    private Instant createdAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "token_scope", columnDefinition = "varchar(16)")
    private TokenScope scope;

    private @Nullable Instant expiresAt;
    private @Nullable Instant lastUsedAt;

    protected AccessTokenRow() {}

    AccessTokenRow(UUID accountId, NewToken wanted, String secretHash, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.accountId = accountId;
        this.name = wanted.name();
        this.scope = wanted.scope();
        this.expiresAt = wanted.expiresAt();
        this.secretHash = secretHash;
        this.createdAt = createdAt;
    }

    UUID accountId() {
        return accountId;
    }

    AccessToken toToken() {
        return new AccessToken(id, name, scope, createdAt, expiresAt, lastUsedAt);
    }

    Recognised toRecognised(SignedIn owner) {
        return new Recognised(owner, id, scope, expiresAt);
    }
}
