package io.hubmesh.accounts;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface AccountRows extends ListCrudRepository<AccountRow, UUID> {

    Optional<AccountRow> findByName(String name);

    List<AccountRow> findAllByOrderByName();

    long countByRoleAndEnabledTrue(Role role);
}
