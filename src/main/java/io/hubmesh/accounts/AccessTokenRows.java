package io.hubmesh.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.ListCrudRepository;

interface AccessTokenRows extends ListCrudRepository<AccessTokenRow, UUID> {

    Optional<AccessTokenRow> findBySecretHash(String secretHash);

    List<AccessTokenRow> findByAccountIdOrderByCreatedAt(UUID accountId);

    Optional<AccessTokenRow> findByIdAndAccountId(UUID id, UUID accountId);

    @Modifying
    @Query("update AccessTokenRow t set t.lastUsedAt = :at where t.id = :id")
    void used(UUID id, Instant at);
}
