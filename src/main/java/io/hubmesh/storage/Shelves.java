package io.hubmesh.storage;

import io.hubmesh.kernel.ContentId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Contents in a folder, each a file named by its content id beside its manifest. They stand on 256 shelves, so that no
 * directory grows too long. The hub's own stand so, and those of a backup.
 */
public final class Shelves {

    static final String MANIFEST_SUFFIX = ".manifest";
    private static final Pattern BLOB_NAME = Pattern.compile("[0-9a-f]{64}");

    /** How much is read at a time. In bytes. */
    private static final int STEP = 1 << 20;

    private final Path folder;

    public Shelves(Path folder) {
        this.folder = folder;
    }

    /** Every content that is there, in no order. To be closed. */
    public Stream<ContentId> contents() {
        try {
            return Files.find(
                            folder,
                            2,
                            (file, attributes) -> attributes.isRegularFile()
                                    && BLOB_NAME.matcher(nameOf(file)).matches())
                    .map(file -> new ContentId(nameOf(file)));
        } catch (NoSuchFileException nothingYet) {
            return Stream.empty();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    public boolean holds(ContentId content) {
        return Files.exists(blob(content));
    }

    /**
     * Reads every byte again and compares what it hashes to with the content's name and its manifest.
     *
     * @param read is told how many bytes were read, again and again, and may take its time
     * @return false when something is missing or is not what it was
     * @throws NoSuchFileException when the content went away altogether
     */
    public boolean intact(ContentId content, LongConsumer read) throws IOException {
        Manifest known;
        try {
            known = ManifestFile.read(manifest(content), content);
        } catch (IOException unreadable) {
            if (!holds(content)) {
                throw new NoSuchFileException(content.hex());
            }
            return false;
        }
        ChunkHasher chunks = new ChunkHasher(known.chunkSize());
        MessageDigest whole = MerkleTree.sha256();
        long size = 0;
        byte[] buffer = new byte[STEP];
        try (InputStream bytes = Files.newInputStream(blob(content))) {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                chunks.update(buffer, 0, count);
                whole.update(buffer, 0, count);
                size += count;
                read.accept(count);
            }
        }
        byte[] leaves = chunks.finish();
        return MerkleTree.contentId(size, leaves).equals(content)
                && HexFormat.of().formatHex(whole.digest()).equals(known.sha256())
                && Arrays.equals(leaves, known.leaves());
    }

    /**
     * Copies a content that the other shelves do not hold yet; it appears there only when it is whole and on the disk.
     *
     * @return how many bytes were copied; 0 when it was there, or is gone from here
     */
    public long copy(ContentId content, Shelves to) throws IOException {
        if (to.holds(content)) {
            return 0;
        }
        Files.createDirectories(to.shelf(content));
        try {
            to.take(manifest(content), to.manifest(content));
            return to.take(blob(content), to.blob(content));
        } catch (NoSuchFileException wentMeanwhile) {
            return 0;
        }
    }

    public void remove(ContentId content) throws IOException {
        Files.deleteIfExists(blob(content));
        Files.deleteIfExists(manifest(content));
    }

    private long take(Path from, Path to) throws IOException {
        Path draft = to.resolveSibling(nameOf(to) + ".draft");
        Files.copy(from, draft, StandardCopyOption.REPLACE_EXISTING);
        long size;
        try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            written.force(true);
            size = written.size();
        }
        Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return size;
    }

    Path shelf(ContentId content) {
        return folder.resolve(content.hex().substring(0, 2));
    }

    Path blob(ContentId content) {
        return shelf(content).resolve(content.hex());
    }

    Path manifest(ContentId content) {
        return shelf(content).resolve(content.hex() + MANIFEST_SUFFIX);
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }
}
