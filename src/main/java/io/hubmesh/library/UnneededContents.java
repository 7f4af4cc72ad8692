package io.hubmesh.library;

import io.hubmesh.storage.Blobs;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Gives the disk back what deleted files held, once no file holds the same content. */
@Component
class UnneededContents {

    private static final Logger log = LoggerFactory.getLogger(UnneededContents.class);

    private final ResourceRows rows;
    private final Blobs blobs;

    UnneededContents(ResourceRows rows, Blobs blobs) {
        this.rows = rows;
        this.blobs = blobs;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        int removed = blobs.sweep(content -> rows.existsByContentId(content.hex()));
        if (removed > 0) {
            log.info("Removed {} contents that no file holds any more", removed);
        }
    }
}
