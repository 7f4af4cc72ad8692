package io.hubmesh.library;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface ResourceRows extends JpaRepository<ResourceRow, UUID> {

    List<ResourceRow> findByParentId(UUID parentId);

    boolean existsByParentIdAndNameKey(UUID parentId, String nameKey);

    boolean existsByContentId(String contentId);

    List<ResourceRow> findByContentId(String contentId);
}
