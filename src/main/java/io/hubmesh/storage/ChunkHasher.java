package io.hubmesh.storage;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes bytes as they pass: each chunk into its leaf, and all of them into the SHA-256 of the whole. */
final class ChunkHasher {

    private final int chunkSize;
    private final MessageDigest whole = MerkleTree.sha256();
    private final ByteArrayOutputStream leaves = new ByteArrayOutputStream();
    private MessageDigest leaf = MerkleTree.beginLeaf();
    private int inChunk;
    private long size;

    ChunkHasher(int chunkSize) {
        this.chunkSize = chunkSize;
    }

    void update(byte[] bytes, int offset, int length) {
        whole.update(bytes, offset, length);
        size += length;
        int position = offset;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, chunkSize - inChunk);
            leaf.update(bytes, position, taken);
            position += taken;
            left -= taken;
            inChunk += taken;
            if (inChunk == chunkSize) {
                endChunk();
            }
        }
    }

    /** Ends the last chunk and says what has passed. The hasher is of no use afterwards. */
    Manifest finish() {
        if (inChunk > 0) {
            endChunk();
        }
        byte[] all = leaves.toByteArray();
        return new Manifest(
                MerkleTree.contentId(size, all), size, chunkSize, HexFormat.of().formatHex(whole.digest()), all);
    }

    private void endChunk() {
        leaves.writeBytes(leaf.digest());
        leaf = MerkleTree.beginLeaf();
        inChunk = 0;
    }
}
