package io.hubmesh.library;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.storage.Blobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes away what the administrators' policy says has been kept for long enough, and gives the disk back what was held by files
 * and versions that are gone, once nothing holds the same content.
 */
@Component
class UnneededContents {

    private static final Logger log = LoggerFactory.getLogger(UnneededContents.class);

    private final ResourceRows rows;
    private final VersionRows versionRows;
    private final Versions versions;
    private final Removal removal;
    private final LibrarySettings settings;
    private final Blobs blobs;
    private final Clock clock;

    UnneededContents(
            ResourceRows rows,
            VersionRows versionRows,
            Versions versions,
            Removal removal,
            LibrarySettings settings,
            Blobs blobs,
            Clock clock) {
        this.rows = rows;
        this.versionRows = versionRows;
        this.versions = versions;
        this.removal = removal;
        this.settings = settings;
        this.blobs = blobs;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        applyPolicy();
        int removed = blobs.sweep(this::isHeld);
        if (removed > 0) {
            log.info("Removed {} contents that no file holds any more", removed);
        }
    }

    private void applyPolicy() {
        LibrarySettings.Policy policy = settings.now();
        if (policy.versionDays() > 0) {
            Instant moment = clock.instant().minus(Duration.ofDays(policy.versionDays()));
            for (int some = 1; some > 0; ) {
                some = versions.removeOlder(moment);
            }
        }
        if (policy.trashDays() > 0) {
            int gone = 0;
            for (int some = 1; some > 0; gone += some) {
                some = removal.removeOlderThan(Duration.ofDays(policy.trashDays()));
            }
            if (gone > 0) {
                log.info("Removed {} things that were in the trash for {} days", gone, policy.trashDays());
            }
        }
    }

    private boolean isHeld(ContentId content) {
        return rows.existsByContentId(content.hex()) || versionRows.holds(content);
    }
}
