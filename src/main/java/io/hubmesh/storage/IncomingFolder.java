package io.hubmesh.storage;

import io.hubmesh.kernel.ContentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Where contents are while they arrive: {@code UUID.bytes} and {@code UUID.journal} of those that can be gone on with, others without. */
final class IncomingFolder implements AutoCloseable {

    private static final String BYTES = ".bytes";
    private static final String JOURNAL = ".journal";

    private final Path directory;
    private final Disk disk;
    private final ExecutorService threads;

    IncomingFolder(Path directory, Disk disk) throws IOException {
        this.directory = Files.createDirectories(directory).toRealPath();
        this.disk = disk;
        // what waits for them is only late, never lost
        this.threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, "incoming");
            thread.setDaemon(true);
            return thread;
        });
        forgetWhatNobodyGoesOnWith();
    }

    Disk disk() {
        return disk;
    }

    /** For what is done beside a request: hashing the whole, and forcing it to the disk. */
    Executor threads() {
        return threads;
    }

    long room() throws IOException {
        return disk.room(directory);
    }

    Incoming once(Blobs blobs, long size) throws IOException {
        return new Incoming(blobs, this, directory.resolve(UUID.randomUUID().toString()), size, null);
    }

    Incoming begin(Blobs blobs, UUID id, long size) throws IOException {
        Journal journal = Journal.create(disk, journal(id), size);
        Incoming incoming = new Incoming(blobs, this, bytes(id), size, journal);
        Directories.force(directory);
        return incoming;
    }

    Optional<Incoming> resume(Blobs blobs, UUID id) throws IOException {
        try {
            Journal journal = Journal.open(disk, journal(id));
            return Optional.of(new Incoming(blobs, this, bytes(id), journal.size(), journal));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** What the journal knows of the whole, when all has come and was hashed. */
    Optional<Manifest> finished(UUID id) throws IOException {
        try (Journal journal = Journal.open(disk, journal(id))) {
            return journal.manifest();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    void discard(UUID id) throws IOException {
        Files.deleteIfExists(bytes(id));
        Files.deleteIfExists(journal(id));
    }

    /** Those that can be gone on with, and when each last changed. */
    Map<UUID, Instant> arriving() {
        Map<UUID, Instant> arriving = new HashMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(JOURNAL)) {
                changedAt(file).ifPresent(at -> arriving.put(id(name), at));
            }
        }
        return arriving;
    }

    /** The contents that have come whole and may not be in the library yet. */
    Set<ContentId> finished() throws IOException {
        Set<ContentId> contents = new HashSet<>();
        for (UUID id : arriving().keySet()) {
            finished(id).ifPresent(manifest -> contents.add(manifest.contentId()));
        }
        return contents;
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private Path bytes(UUID id) {
        return directory.resolve(id + BYTES);
    }

    private Path journal(UUID id) {
        return directory.resolve(id + JOURNAL);
    }

    private static UUID id(String journal) {
        return UUID.fromString(journal.substring(0, journal.length() - JOURNAL.length()));
    }

    private static Optional<Instant> changedAt(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file)).map(FileTime::toInstant);
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private void forgetWhatNobodyGoesOnWith() throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (!name.endsWith(BYTES) && !name.endsWith(JOURNAL)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
