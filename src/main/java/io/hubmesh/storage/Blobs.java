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
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Every content that the hub holds, each once, named by its content id. Bytes arrive in {@code incoming/} and move into
 * {@code blobs/} only when they are complete, hashed and on the disk: what is there is whole.
 */
@Component
public class Blobs {

    private static final String MANIFEST_SUFFIX = ".manifest";

    private final Path blobs;
    private final Path incoming;
    private final Clock clock;

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
        try {
            return ManifestFile.read(manifestFile(contentId), contentId);
        } catch (NoSuchFileException absent) {
            throw new ProblemException(ProblemCode.NOT_FOUND, absent);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Takes a complete file in. When the same content is there already, the file is not needed and goes. */
    void keep(Path file, Manifest manifest) throws IOException {
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
