package io.hubmesh.delivery.uploads;

import io.hubmesh.storage.Blobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Gives the disk back what uploads held that nobody goes on with. */
@Component
class UploadKeeping {

    private static final Logger LOG = LoggerFactory.getLogger(UploadKeeping.class);

    /** Far longer than the moment between writing an upload down and making its files. */
    private static final Duration SETTLING = Duration.ofHours(1);

    private final UploadRows rows;
    private final OpenUploads open;
    private final Blobs blobs;
    private final Clock clock;

    UploadKeeping(UploadRows rows, OpenUploads open, Blobs blobs, Clock clock) {
        this.rows = rows;
        this.open = open;
        this.blobs = blobs;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void tidy() {
        open.closeIdle();
        int removed = 0;
        for (Upload upload : rows.expired(clock.instant())) {
            rows.remove(upload.id());
            discard(upload.id());
            removed++;
        }
        Instant settled = clock.instant().minus(SETTLING);
        for (Map.Entry<UUID, Instant> part : blobs.arriving().entrySet()) {
            if (part.getValue().isBefore(settled) && !rows.exists(part.getKey())) {
                discard(part.getKey());
                removed++;
            }
        }
        if (removed > 0) {
            LOG.info("Forgot {} uploads that nobody went on with", removed);
        }
    }

    private void discard(UUID id) {
        open.forget(id);
        blobs.discard(id);
    }
}
