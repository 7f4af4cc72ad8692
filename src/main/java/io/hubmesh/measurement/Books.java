package io.hubmesh.measurement;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the ledger leaves behind in the database. */
@Component
@Transactional
class Books {

    /** Older ones of the same account go: one client cannot fill the disk. The counters keep their bytes. */
    static final int MOST_TRANSFERS_PER_ACCOUNT = 1_000;

    private final ResourceCounterRows counters;
    private final TransferRows transfers;

    Books(ResourceCounterRows counters, TransferRows transfers) {
        this.counters = counters;
        this.transfers = transfers;
    }

    @Transactional(readOnly = true)
    Map<ResourceId, Counters> counters() {
        return counters.findAll().stream()
                .collect(Collectors.toMap(ResourceCounterRow::resource, ResourceCounterRow::toCounters));
    }

    /** The newest of all, the oldest of them first. */
    @Transactional(readOnly = true)
    List<Transfer> transfers() {
        List<Transfer> newest =
                new ArrayList<>(transfers.findAllByOrderByUpdatedAtDesc(Limit.of(FinishedTransfers.MOST)).stream()
                        .map(TransferRow::toTransfer)
                        .toList());
        Collections.reverse(newest);
        return newest;
    }

    void save(Unsaved unsaved) {
        unsaved.counters().forEach((resource, now) -> counters.save(new ResourceCounterRow(resource, now)));
        unsaved.transfers().forEach(transfer -> transfers.save(new TransferRow(transfer)));
        unsaved.transfers().stream()
                .map(transfer -> transfer.key().account())
                .distinct()
                .forEach(this::prune);
    }

    private void prune(AccountId account) {
        PageRequest beyond = PageRequest.of(1, MOST_TRANSFERS_PER_ACCOUNT); // the first page is kept
        List<UUID> tooMany = transfers.idsOf(account.value(), beyond);
        transfers.deleteAllById(tooMany);
    }
}
