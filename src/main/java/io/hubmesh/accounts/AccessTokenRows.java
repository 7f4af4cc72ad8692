package io.hubmesh.accounts;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface AccessTokenRows extends ListCrudRepository<AccessTokenRow, UUID> {

    Optional<AccessTokenRow> findBySecretHash(String secretHash);

    List<AccessTokenRow> findByAccountIdOrderByCreatedAt(UUID accountId);

    Optional<AccessTokenRow> findByIdAndAccountId(UUID id, UUID accountId);
}
