package io.hubmesh.permissions;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

interface GrantRows extends ListCrudRepository<GrantRow, GrantRow.Key> {

    List<GrantRow> findByAccountIdAndResourceIdIn(UUID accountId, Collection<UUID> resourceIds);

    List<GrantRow> findByResourceIdIn(Collection<UUID> resourceIds);

    List<GrantRow> findByAccountId(UUID accountId);
}
