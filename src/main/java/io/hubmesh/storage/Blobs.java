package io.hubmesh.storage;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Every content that the hub holds, each once, named by its content id. Bytes arrive in {@code incoming/} and move into
 * {@code blobs/} only when they are complete, hashed and on the disk: what is there is whole.
 */
@Component
public class Blobs implements AutoCloseable {

    /** Far longer than the moment between keeping a content and naming it in the library. */
    private static final Duration SETTLING = Duration.ofHours(1);

    private final Path blobs;
    private final Shelves shelves;
    private final IncomingFolder incoming;
    private final Clock clock;
    private final ManifestCache manifests = new ManifestCache();
    private final SmallContents small = new SmallContents();

    @Autowired
    Blobs(StorageSettings settings, Clock clock) throws IOException {
        this(settings, clock, Disk.REAL);
    }

    Blobs(StorageSettings settings, Clock clock, Disk disk) throws IOException {
        this.blobs = Files.createDirectories(settings.data().resolve("blobs")).toRealPath();
        this.shelves = new Shelves(blobs);
        this.incoming = new IncomingFolder(settings.data().resolve("incoming"), disk);
        this.clock = clock;
    }

    /** Begins to receive a content of this many bytes, all at once: closed before its end, it is gone. */
    public Incoming receive(long size) {
        return onDisk(() -> incoming.once(this, size));
    }

    /**
     * Begins to receive a content of this many bytes that can be gone on with, also after a restart, until it is discarded.
     *
     * @param id of nothing else that is arriving
     */
    public Incoming begin(UUID id, long size) {
        return onDisk(() -> incoming.begin(this, id, size));
    }

    /** Goes on with what {@link #begin} began and nobody has open. Empty when it was discarded. */
    public Optional<Incoming> resume(UUID id) {
        return onDisk(() -> incoming.resume(this, id));
    }

    /** What arrived under that id, once it was finished and is kept, until it is discarded. */
    public Optional<Manifest> finished(UUID id) {
        return onDisk(() -> incoming.finished(id).filter(manifest -> shelves.holds(manifest.contentId())));
    }

    /** Throws away what is arriving under that id, and what is known of it; the content, if it was finished, stays. */
    public void discard(UUID id) {
        onDisk(() -> {
            incoming.discard(id);
            return id;
        });
    }

    /** What can be gone on with, and when each last changed. */
    public Map<UUID, Instant> arriving() {
        return incoming.arriving();
    }

    /** How many bytes more the disk could take. */
    public long room() {
        return onDisk(incoming::room);
    }

    public Optional<Blob> find(ContentId contentId) {
        if (!shelves.holds(contentId)) {
            return Optional.empty();
        }
        Manifest manifest = manifest(contentId);
        Path file = shelves.blob(contentId);
        return Optional.of(new Blob(contentId, manifest.size(), manifest.sha256(), file, small.of(manifest, file)));
    }

    /** @throws ProblemException not-found when the hub does not hold that content */
    public Manifest manifest(ContentId contentId) {
        Manifest known = manifests.find(contentId);
        if (known != null) {
            return known;
        }
        try {
            Manifest read = ManifestFile.read(shelves.manifest(contentId), contentId);
            manifests.add(read);
            return read;
        } catch (NoSuchFileException absent) {
            throw new ProblemException(ProblemCode.NOT_FOUND, absent);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /**
     * Removes every content that is not needed and that nobody has brought within the last hour: an upload keeps its
     * bytes first and enters the library a moment later, and must find them still there. What has come whole by an upload that is not in the library yet
     * is needed however long that takes.
     *
     * @return how many were removed
     */
    public int sweep(Predicate<ContentId> needed) {
        int removed = 0;
        Set<ContentId> arrived = onDisk(incoming::finished);
        try (Stream<ContentId> held = shelves.contents()) {
            for (ContentId contentId : held.toList()) {
                if (isSettled(shelves.blob(contentId))
                        && !arrived.contains(contentId)
                        && !needed.test(contentId)
                        && removeIfSettled(contentId)) {
                    removed++;
                }
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return removed;
    }

    private synchronized boolean removeIfSettled(ContentId contentId) throws IOException {
        if (!isSettled(shelves.blob(contentId))) {
            return false; // brought again meanwhile
        }
        shelves.remove(contentId);
        manifests.forget(contentId);
        return true;
    }

    private boolean isSettled(Path file) throws IOException {
        return Files.getLastModifiedTime(file)
                .toInstant()
                .isBefore(clock.instant().minus(SETTLING));
    }

    /** Takes a complete file in. When the same content is there already, the file is not needed and goes. */
    synchronized void keep(Path file, Manifest manifest) throws IOException {
        Path shelf = Files.createDirectories(shelves.shelf(manifest.contentId()));
        Path blob = shelves.blob(manifest.contentId());
        if (Files.exists(blob)) {
            Files.setLastModifiedTime(blob, FileTime.from(clock.instant()));
            Files.delete(file);
            return;
        }
        Path manifestDraft = file.resolveSibling(file.getFileName() + Shelves.MANIFEST_SUFFIX);
        ManifestFile.write(manifestDraft, manifest);
        move(manifestDraft, shelves.manifest(manifest.contentId()));
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        move(file, blob); // last: a blob that is there has its manifest
        Directories.force(shelf);
        Directories.force(blobs);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException sameContent) {
            Files.delete(from);
        }
    }

    @Override
    public void close() {
        incoming.close();
    }

    private interface DiskWork<T> {
        T run() throws IOException;
    }

    private static <T> T onDisk(DiskWork<T> work) {
        try {
            return work.run();
        } catch (IOException cause) {
            throw new ProblemException(ProblemCode.STORAGE_FULL, cause);
        }
    }
}
