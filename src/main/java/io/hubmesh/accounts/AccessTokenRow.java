package io.hubmesh.accounts;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

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

    protected AccessTokenRow() {}

    AccessTokenRow(UUID accountId, String name, String secretHash, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.accountId = accountId;
        this.name = name;
        this.secretHash = secretHash;
        this.createdAt = createdAt;
    }

    UUID accountId() {
        return accountId;
    }

    AccessToken toToken() {
        return new AccessToken(id, name, createdAt);
    }
}
