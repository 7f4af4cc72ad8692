package io.hubmesh.accounts;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface GroupRows extends JpaRepository<GroupRow, UUID> {

    Optional<GroupRow> findByNameKey(String nameKey);

    List<GroupRow> findAllByOrderByNameKey();

    /** Those whose key is like a pattern in which {@code !} makes the next character a plain one. */
    @Query("select g from GroupRow g where g.nameKey like :pattern escape '!' order by g.nameKey")
    List<GroupRow> findLike(String pattern, Limit limit);

    List<GroupRow> findByNameKeyGreaterThanOrderByNameKey(String after, Limit limit);

    /** Locks it, so that its members are changed by one at a time. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select g from GroupRow g where g.id = :id")
    Optional<GroupRow> lock(UUID id);
}
