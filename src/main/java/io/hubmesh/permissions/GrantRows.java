package io.hubmesh.permissions;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface GrantRows extends JpaRepository<GrantRow, GrantRow.Key> {

    List<GrantRow> findByResourceIdIn(Collection<UUID> resourceIds);

    List<GrantRow> findByGranteeIdIn(Collection<UUID> granteeIds);
}
