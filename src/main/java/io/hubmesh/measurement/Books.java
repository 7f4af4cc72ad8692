package io.hubmesh.measurement;

import io.hubmesh.measurement.TransferRows.Shelf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the ledger leaves behind in the database: one transaction each time, so that counters, transfers and series agree after any end of the hub. */
@Component
@Transactional
class Books {

    /** Older ones of the same account go: one client cannot fill the disk. The counters keep their bytes. */
    static final int MOST_TRANSFERS_PER_ACCOUNT = 1_000;

    private final ResourceCounterRows counters;
    private final TransferRows transfers;
    private final RollupRows rollups;

    Books(ResourceCounterRows counters, TransferRows transfers, RollupRows rollups) {
        this.counters = counters;
        this.transfers = transfers;
        this.rollups = rollups;
    }

    /** What a ledger goes on from. A transfer that was taken up again is open, and not over. */
    @Transactional(readOnly = true)
    Kept kept() {
        List<Transfer> open = transfers.open();
        Set<Transfer.Key> keys = open.stream().map(Transfer::key).collect(Collectors.toSet());
        List<Transfer> over = new ArrayList<>(transfers.newest(FinishedTransfers.MOST));
        over.removeIf(transfer -> keys.contains(transfer.key()));
        Collections.reverse(over);
        return new Kept(counters.all(), over, open);
    }

    void save(Unsaved unsaved) {
        counters.save(unsaved.counters());
        transfers.save(Shelf.OPEN, unsaved.open());
        transfers.save(Shelf.OVER, unsaved.over());
        transfers.close(unsaved.over());
        rollups.add(unsaved.tallies());
        unsaved.over().stream()
                .map(transfer -> transfer.key().account())
                .distinct()
                .forEach(account -> transfers.prune(account, MOST_TRANSFERS_PER_ACCOUNT));
    }
}
