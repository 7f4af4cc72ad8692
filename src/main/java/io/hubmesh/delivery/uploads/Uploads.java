package io.hubmesh.delivery.uploads;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Clash;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Library;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Usage;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Manifest;
import java.io.InputStream;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files on their way into the library. Whether the subject may write into the folder is asked when an upload begins, with every request that
 * brings bytes, and when the file enters the library.
 */
@Service
public class Uploads {

    /** How long an upload that nobody goes on with is kept; every request that brings bytes begins it anew. */
    static final Duration KEPT = Duration.ofDays(7);

    /** How long is remembered that one has arrived, for a client that did not hear the answer. */
    static final Duration REMEMBERED = Duration.ofDays(1);

    /** Of one account; each holds files open while bytes come. */
    static final int MOST_UNFINISHED = 1000;

    private final Library library;
    private final LibraryChanges changes;
    private final Usage usage;
    private final Blobs blobs;
    private final UploadRows rows;
    private final OpenUploads open;
    private final Arrival arrival;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Uploads(
            Library library,
            LibraryChanges changes,
            Usage usage,
            Blobs blobs,
            UploadRows rows,
            OpenUploads open,
            Arrival arrival,
            TransactionTemplate transactions,
            Clock clock) {
        this.library = library;
        this.changes = changes;
        this.usage = usage;
        this.blobs = blobs;
        this.rows = rows;
        this.open = open;
        this.arrival = arrival;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param size in bytes */
    public record Wish(ResourceId folder, String name, String mediaType, long size) {}

    /** @param offset how many bytes the hub has for certain, so that the next one is that */
    public record Progress(Upload upload, long offset) {}

    /**
     * Takes a whole file in one go; nothing is kept of one that breaks off.
     *
     * @throws ProblemException as {@link LibraryChanges#addFile}, upload-incomplete, too-large, storage-full
     */
    public Resource receive(Subject subject, Wish wish, Clash clash, Expected expected, InputStream bytes) {
        LibraryChanges.Place place = new LibraryChanges.Place(wish.name(), clash, expected);
        admit(subject, wish, place);
        OpenUpload once = new OpenUpload(blobs.receive(wish.size()), clock.instant());
        try {
            once.append(new Delivery(0, wish.size(), null, bytes));
            Manifest content = once.finish();
            return changes.addFile(subject, wish.folder(), place, wish.mediaType(), content);
        } finally {
            once.close();
        }
    }

    /**
     * Begins an upload that can be gone on with.
     *
     * @throws ProblemException as {@link LibraryChanges#requireRoomFor}, quota-exceeded, storage-full, too-many-requests
     */
    public Progress create(Subject subject, Wish wish) {
        admit(subject, wish, new LibraryChanges.Place(wish.name(), Clash.REFUSE, Expected.ANY));
        Upload upload = new Upload(
                UUID.randomUUID(),
                subject.accountId(),
                wish.folder(),
                Normalizer.normalize(wish.name().strip(), Normalizer.Form.NFC),
                wish.mediaType(),
                wish.size(),
                null,
                clock.instant().plus(KEPT));
        transactions.executeWithoutResult(status -> promise(upload));
        open.begin(upload);
        return wish.size() == 0 ? arrived(subject, upload) : new Progress(upload, 0);
    }

    /** One of the subject's own. @throws ProblemException not-found */
    public Upload find(Subject subject, UUID id) {
        return require(subject, id);
    }

    /**
     * How far an upload is. One that has all its bytes enters the library, if the hub was stopped before it could.
     *
     * @throws ProblemException not-found when it is not the subject's, and as {@link LibraryChanges#addFile}
     */
    public Progress progress(Subject subject, UUID id) {
        Upload upload = require(subject, id);
        if (upload.resource() != null || blobs.finished(id).isPresent()) {
            return arrived(subject, upload);
        }
        long offset = open.find(upload).offset();
        return offset == upload.size() ? arrived(subject, upload) : new Progress(upload, offset);
    }

    /**
     * Takes more bytes. With the last one the file is in the library: under another name if somebody has taken its own meanwhile.
     *
     * @throws ProblemException as {@link #progress}, upload-offset-mismatch, upload-checksum-mismatch, upload-incomplete, too-large,
     *     storage-full
     */
    public Progress append(Subject subject, UUID id, Delivery delivery) {
        Upload upload = require(subject, id);
        library.requireFolder(subject, upload.folder(), Level.WRITE);
        if (upload.resource() != null || blobs.finished(id).isPresent()) {
            if (delivery.offset() == upload.size()) {
                return arrived(subject, upload);
            }
            throw new ProblemException(ProblemCode.UPLOAD_OFFSET_MISMATCH, "All bytes have arrived.");
        }
        long certain = open.find(upload).append(delivery);
        Upload extended = extend(upload);
        return certain == upload.size() ? arrived(subject, extended) : new Progress(extended, certain);
    }

    /** Throws away what has come. A file that is in the library stays. @throws ProblemException not-found */
    public void terminate(Subject subject, UUID id) {
        Upload upload = require(subject, id);
        rows.remove(upload.id());
        open.forget(upload.id());
        blobs.discard(upload.id());
    }

    /** The subject's own that have not arrived. */
    public List<Progress> unfinished(Subject subject) {
        return rows.unfinished(subject.accountId()).stream()
                .map(upload -> new Progress(
                        upload,
                        blobs.finished(upload.id()).isPresent()
                                ? upload.size()
                                : open.find(upload).offset()))
                .toList();
    }

    /** Writes down that it comes; of several at once each counts with those before it. */
    private void promise(Upload upload) {
        usage.oneAtATime(upload.account());
        usage.requireRoom(upload.account(), upload.size(), rows.promised(upload.account()));
        if (rows.unfinished(upload.account()).size() >= MOST_UNFINISHED) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "You have " + MOST_UNFINISHED + " unfinished uploads. Go on with them, or cancel some.");
        }
        rows.add(upload);
    }

    private void admit(Subject subject, Wish wish, LibraryChanges.Place place) {
        changes.requireRoomFor(subject, wish.folder(), place);
        usage.requireRoom(subject.accountId(), wish.size(), rows.promised(subject.accountId()));
        if (wish.size() > blobs.room()) {
            throw new ProblemException(ProblemCode.STORAGE_FULL);
        }
    }

    private Progress arrived(Subject subject, Upload upload) {
        return new Progress(arrival.of(subject, upload), upload.size());
    }

    private Upload extend(Upload upload) {
        Upload extended = new Upload(
                upload.id(),
                upload.account(),
                upload.folder(),
                upload.name(),
                upload.mediaType(),
                upload.size(),
                null,
                clock.instant().plus(KEPT));
        rows.extend(extended.id(), extended.expiresAt());
        return extended;
    }

    private Upload require(Subject subject, UUID id) {
        return rows.find(id, subject.accountId()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }
}
