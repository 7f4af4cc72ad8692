package io.hubmesh.storage;

import io.hubmesh.kernel.ContentId;

/**
 * What a peer needs to check every chunk of a content.
 *
 * @param size of the content in bytes
 * @param chunkSize of every chunk but the last, in bytes
 * @param sha256 of the whole content, lower-case hexadecimal
 * @param leaves the SHA-256 leaves one after the other, 32 bytes each
 */
public record Manifest(ContentId contentId, long size, int chunkSize, String sha256, byte[] leaves) {

    public int chunkCount() {
        return leaves.length / MerkleTree.HASH_BYTES;
    }

    /** Where a chunk begins, in bytes. */
    public long offset(int chunk) {
        return (long) chunk * chunkSize;
    }

    /** How many bytes a chunk has: the last one may have fewer than the others. */
    public int length(int chunk) {
        return (int) Math.min(chunkSize, size - offset(chunk));
    }
}
