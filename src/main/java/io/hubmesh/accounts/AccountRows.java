package io.hubmesh.accounts;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;

interface AccountRows extends JpaRepository<AccountRow, UUID> {

    Optional<AccountRow> findByName(String name);

    List<AccountRow> findAllByOrderByName();

    /** Locks them, so that two administrators cannot disable each other at once. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    List<AccountRow> findByRoleAndEnabledTrue(Role role);
}
