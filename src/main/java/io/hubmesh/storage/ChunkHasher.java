package io.hubmesh.storage;

import java.security.MessageDigest;
import java.util.Arrays;

/** Hashes each chunk into its leaf while the bytes pass. */
final class ChunkHasher {

    /** Leaves of a small content; more room is made as they come. In bytes. */
    private static final int FIRST_ROOM = 16 * MerkleTree.HASH_BYTES;

    private final int chunkSize;
    private byte[] leaves;
    private int count;
    private MessageDigest leaf = MerkleTree.beginLeaf();
    private int inChunk;

    ChunkHasher(int chunkSize) {
        this(chunkSize, new byte[0]);
    }

    /** Goes on behind the chunks whose leaves are known. */
    ChunkHasher(int chunkSize, byte[] leaves) {
        this.chunkSize = chunkSize;
        this.leaves = Arrays.copyOf(leaves, Math.max(FIRST_ROOM, leaves.length));
        this.count = leaves.length / MerkleTree.HASH_BYTES;
    }

    void update(byte[] bytes, int offset, int length) {
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

    /** Ends the last chunk and answers all leaves. The hasher is of no use afterwards. */
    byte[] finish() {
        if (inChunk > 0) {
            endChunk();
        }
        return leaves(0, count);
    }

    /** Those leaves, one after the other. */
    byte[] leaves(int from, int to) {
        return Arrays.copyOfRange(leaves, from * MerkleTree.HASH_BYTES, to * MerkleTree.HASH_BYTES);
    }

    /** Where it stands, to come back to. */
    record Mark(int count, MessageDigest leaf, int inChunk) {}

    Mark mark() {
        return new Mark(count, copy(leaf), inChunk);
    }

    void back(Mark mark) {
        count = mark.count();
        leaf = copy(mark.leaf());
        inChunk = mark.inChunk();
    }

    private void endChunk() {
        int end = count * MerkleTree.HASH_BYTES;
        if (end == leaves.length) {
            leaves = Arrays.copyOf(leaves, 2 * leaves.length);
        }
        System.arraycopy(leaf.digest(), 0, leaves, end, MerkleTree.HASH_BYTES);
        count++;
        leaf = MerkleTree.beginLeaf();
        inChunk = 0;
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible); // the JDK's SHA-256 can be copied
        }
    }
}
