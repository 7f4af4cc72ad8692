package io.hubmesh.delivery.uploads;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.storage.Blobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The uploads whose files are open. Whoever comes later opens them again, as after a restart. */
@Component
class OpenUploads {

    /** Between two requests of a client that sends piece by piece, with patience. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final Blobs blobs;
    private final Clock clock;
    private final Map<UUID, OpenUpload> open = new ConcurrentHashMap<>();

    OpenUploads(Blobs blobs, Clock clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    void begin(Upload upload) {
        open.put(upload.id(), new OpenUpload(blobs.begin(upload.id(), upload.size()), clock.instant()));
    }

    /** @throws ProblemException not-found when nothing of it is there */
    OpenUpload find(Upload upload) {
        OpenUpload found = open.compute(upload.id(), (id, known) -> {
            if (known != null && !known.isBroken()) {
                return known;
            }
            if (known != null) {
                known.close();
            }
            return blobs.resume(id)
                    .map(incoming -> new OpenUpload(incoming, clock.instant()))
                    .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        });
        found.usedAt(clock.instant());
        return found;
    }

    void forget(UUID id) {
        OpenUpload known = open.remove(id);
        if (known != null) {
            known.close();
        }
    }

    /** Closes the files of those that nobody goes on with at present. */
    void closeIdle() {
        closeUnused(clock.instant().minus(IDLE));
    }

    void closeUnused(Instant since) {
        for (UUID id : open.keySet()) {
            open.computeIfPresent(id, (same, known) -> {
                if (!known.isIdleSince(since)) {
                    return known;
                }
                known.close();
                return null;
            });
        }
    }
}
