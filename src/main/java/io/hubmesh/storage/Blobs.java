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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Every content that the hub holds, each once, named by its content id. Bytes arrive in {@code incoming/} and move into
 * {@code blobs/} only when they are complete, hashed and on the disk: what is there is whole.
 */
@Component
public class Blobs {

    private static final String MANIFEST_SUFFIX = ".manifest";
    private static final Pattern BLOB_NAME = Pattern.compile("[0-9a-f]{64}");

    /** Far longer than the moment between keeping a content and naming it in the library. */
    private static final Duration SETTLING = Duration.ofHours(1);

    private final Path blobs;
    private final Path incoming;
    private final Clock clock;
    private final ManifestCache manifests = new ManifestCache();

    Blobs(StorageSettings settings, Clock clock) throws IOException {
        this.blobs = Files.createDirectories(settings.data().resolve("blobs")).toRealPath();
        this.incoming =
                Files.createDirectories(settings.data().resolve("incoming")).toRealPath();
        this.clock = clock;
        forgetUnfinished();
    }

    /** Begins to receive a content of this many bytes. */
    public Incoming receive(long size) {
        try {
            return new Incoming(this, incoming.resolve(UUID.randomUUID().toString()), size);
        } catch (IOException cause) {
            throw new ProblemException(ProblemCode.STORAGE_FULL, cause);
        }
    }

    public Optional<Blob> find(ContentId contentId) {
        if (!Files.exists(blobFile(contentId))) {
            return Optional.empty();
        }
        Manifest manifest = manifest(contentId);
        return Optional.of(new Blob(contentId, manifest.size(), manifest.sha256(), blobFile(contentId)));
    }

    /** @throws ProblemException not-found when the hub does not hold that content */
    public Manifest manifest(ContentId contentId) {
        Manifest known = manifests.find(contentId);
        if (known != null) {
            return known;
        }
        try {
            Manifest read = ManifestFile.read(manifestFile(contentId), contentId);
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
     * bytes first and enters the library a moment later, and must find them still there.
     *
     * @return how many were removed
     */
    public int sweep(Predicate<ContentId> needed) {
        int removed = 0;
        try (Stream<Path> files = Files.find(
                blobs,
                2,
                (file, attributes) -> attributes.isRegularFile()
                        && BLOB_NAME.matcher(file.getFileName().toString()).matches())) {
            for (Path file : files.toList()) {
                ContentId contentId = new ContentId(file.getFileName().toString());
                if (isSettled(file) && !needed.test(contentId) && removeIfSettled(contentId)) {
                    removed++;
                }
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return removed;
    }

    private synchronized boolean removeIfSettled(ContentId contentId) throws IOException {
        if (!isSettled(blobFile(contentId))) {
            return false; // brought again meanwhile
        }
        Files.deleteIfExists(blobFile(contentId));
        Files.deleteIfExists(manifestFile(contentId));
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
        Path shelf = Files.createDirectories(shelf(manifest.contentId()));
        Path blob = blobFile(manifest.contentId());
        if (Files.exists(blob)) {
            Files.setLastModifiedTime(blob, FileTime.from(clock.instant()));
            Files.delete(file);
            return;
        }
        Path manifestDraft = file.resolveSibling(file.getFileName() + MANIFEST_SUFFIX);
        ManifestFile.write(manifestDraft, manifest);
        move(manifestDraft, manifestFile(manifest.contentId()));
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

    /** Blobs stand on 256 shelves, so that no directory grows too long. */
    private Path shelf(ContentId contentId) {
        return blobs.resolve(contentId.hex().substring(0, 2));
    }

    private Path blobFile(ContentId contentId) {
        return shelf(contentId).resolve(contentId.hex());
    }

    private Path manifestFile(ContentId contentId) {
        return shelf(contentId).resolve(contentId.hex() + MANIFEST_SUFFIX);
    }

    /** What was arriving when the hub stopped was never acknowledged. */
    private void forgetUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
