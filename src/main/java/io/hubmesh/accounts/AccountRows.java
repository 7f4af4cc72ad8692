package io.hubmesh.accounts;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface AccountRows extends JpaRepository<AccountRow, UUID> {

    Optional<AccountRow> findByName(String name);

    List<AccountRow> findAllByOrderByName();

    /** Enabled ones whose name or display name is like a pattern in small letters, in which {@code !} makes the next character a plain one. */
    @Query("select a from AccountRow a where a.enabled = true and (a.name like :pattern escape '!'"
            + " or lower(a.displayName) like :pattern escape '!') order by a.name")
    List<AccountRow> findLike(String pattern, Limit limit);

    /** All whose name or display name is like such a pattern, and whose name comes after one. */
    @Query("select a from AccountRow a where a.name > :after and (a.name like :pattern escape '!'"
            + " or lower(a.displayName) like :pattern escape '!') order by a.name")
    List<AccountRow> findLikeAfter(String pattern, String after, Limit limit);

    /** Locks them, so that two administrators cannot disable each other at once. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    List<AccountRow> findByRoleAndEnabledTrue(Role role);
}
