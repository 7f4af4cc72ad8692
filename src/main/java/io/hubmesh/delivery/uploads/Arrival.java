package io.hubmesh.delivery.uploads;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Clash;
import io.hubmesh.library.Expected;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Manifest;
import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** How an upload that has all its bytes becomes a file of the library: once, however often it is asked for and whenever the hub was stopped. */
@Component
class Arrival {

    /** A name that was free may be taken a moment later, by so many at once hardly. */
    private static final int MOST_TRIES = 100;

    private final LibraryChanges changes;
    private final Blobs blobs;
    private final UploadRows rows;
    private final OpenUploads open;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Arrival(
            LibraryChanges changes,
            Blobs blobs,
            UploadRows rows,
            OpenUploads open,
            TransactionTemplate transactions,
            Clock clock) {
        this.changes = changes;
        this.blobs = blobs;
        this.rows = rows;
        this.open = open;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The upload as it is with its file, which has another name where its own is taken. @throws ProblemException as addFile */
    Upload of(Subject subject, Upload upload) {
        if (upload.resource() != null) {
            return upload;
        }
        Manifest content =
                blobs.finished(upload.id()).orElseGet(() -> open.find(upload).finish());
        Upload arrived = enter(subject, upload, content);
        open.forget(upload.id());
        blobs.discard(upload.id());
        return arrived;
    }

    private Upload enter(Subject subject, Upload upload, Manifest content) {
        for (int number = 1; ; number++) {
            try {
                return Objects.requireNonNull(transactions.execute(status -> enterOnce(subject, upload, content)));
            } catch (ProblemException problem) {
                if (problem.code() != ProblemCode.NAME_TAKEN || number == MOST_TRIES) {
                    throw problem;
                }
            }
        }
    }

    private Upload enterOnce(Subject subject, Upload upload, Manifest content) {
        Upload present = rows.lock(upload.id()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        if (present.resource() != null) {
            return present; // another request was quicker
        }
        LibraryChanges.Place place = new LibraryChanges.Place(upload.name(), Clash.RENAME, Expected.ANY);
        ResourceId file = changes.addFile(subject, upload.folder(), place, upload.mediaType(), content)
                .id();
        rows.arrived(upload.id(), file, clock.instant().plus(Uploads.REMEMBERED));
        return rows.lock(upload.id()).orElseThrow();
    }
}
