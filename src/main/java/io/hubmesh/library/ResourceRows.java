package io.hubmesh.library;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface ResourceRows extends JpaRepository<ResourceRow, UUID> {

    List<ResourceRow> findByParentId(UUID parentId);

    Optional<ResourceRow> findByParentIdAndNameKey(UUID parentId, String nameKey);

    boolean existsByParentIdAndNameKey(UUID parentId, String nameKey);

    boolean existsByContentId(String contentId);

    List<ResourceRow> findByContentId(String contentId);

    @Query("select r.nameKey from ResourceRow r where r.parentId = ?1 and r.nameKey like ?2 escape '!'")
    List<String> findKeysLike(UUID parentId, String pattern);

    @Query("select r from ResourceRow r where r.parentId = ?1 order by r.id limit ?2")
    List<ResourceRow> findFirstByParent(UUID parent, int most);

    /** Until the transaction ends, nobody else gets by here. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from ResourceRow r where r.id = ?1")
    ResourceRow lockTop(UUID top);

    @Query("select r.id from ResourceRow r where r.parentId in ?1")
    List<UUID> findIdsByParentIdIn(Collection<UUID> parents);

    @Query("select r.id from ResourceRow r where r.parentId in ?1 and r.folder = true")
    List<UUID> findFoldersIn(Collection<UUID> parents);

    @Query(nativeQuery = true, value = """
            with recursive below(id, content_id) as (
                select id, content_id from resources where id = ?1
                union all
                select child.id, child.content_id from resources child join below on child.parent_id = below.id)
            select distinct content_id from below where content_id is not null""")
    List<String> findContentsBelow(UUID id);
}
