package io.hubmesh.measurement;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.ListCrudRepository;

interface TransferRows extends ListCrudRepository<TransferRow, UUID> {

    List<TransferRow> findAllByOrderByUpdatedAtDesc(Limit limit);

    /** The ids of an account's transfers, newest first; a page of them. */
    @Query("select row.id from TransferRow row where row.accountId = ?1 order by row.updatedAt desc")
    List<UUID> idsOf(UUID account, Pageable page);
}
