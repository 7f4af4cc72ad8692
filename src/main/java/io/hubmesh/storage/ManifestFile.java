package io.hubmesh.storage;

import io.hubmesh.kernel.ContentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/**
 * A manifest beside its blob: {@code HMM1}, size (8 bytes), chunk size (4), SHA-256 of the whole (32), leaves (32 each).
 */
final class ManifestFile {

    private static final int MAGIC = 0x484d4d31;
    private static final int HEADER_BYTES = 4 + 8 + 4 + MerkleTree.HASH_BYTES;

    private ManifestFile() {}

    static void write(Path file, Manifest manifest) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + manifest.leaves().length)
                .putInt(MAGIC)
                .putLong(manifest.size())
                .putInt(manifest.chunkSize())
                .put(HexFormat.of().parseHex(manifest.sha256()))
                .put(manifest.leaves())
                .flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    static Manifest read(Path file, ContentId contentId) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (bytes.remaining() < HEADER_BYTES || bytes.getInt() != MAGIC) {
            throw new IOException("not a manifest: " + file);
        }
        long size = bytes.getLong();
        int chunkSize = bytes.getInt();
        byte[] sha256 = new byte[MerkleTree.HASH_BYTES];
        bytes.get(sha256);
        byte[] leaves = new byte[bytes.remaining()];
        bytes.get(leaves);
        return new Manifest(contentId, size, chunkSize, HexFormat.of().formatHex(sha256), leaves);
    }
}
