package io.hubmesh.storage;

import io.hubmesh.kernel.ContentId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash tree over a content's chunks, in the shape of RFC 6962, section 2.1. */
final class MerkleTree {

    static final int HASH_BYTES = 32;

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;
    private static final byte CONTENT = 0x02;
    private static final byte SUITE_SHA256 = 0x01;

    private MerkleTree() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A digest that has taken the leaf prefix and now wants the chunk's bytes. */
    static MessageDigest beginLeaf() {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return digest;
    }

    /** Binds the hash suite, the size and the root into the name of a content. */
    static ContentId contentId(long size, byte[] leaves) {
        MessageDigest digest = sha256();
        digest.update(CONTENT);
        digest.update(SUITE_SHA256);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
        digest.update(root(leaves, 0, leaves.length / HASH_BYTES));
        return new ContentId(HexFormat.of().formatHex(digest.digest()));
    }

    /** The root over {@code count} leaves from leaf {@code first}. */
    static byte[] root(byte[] leaves, int first, int count) {
        MessageDigest digest = sha256();
        if (count == 0) {
            return digest.digest();
        }
        if (count == 1) {
            return java.util.Arrays.copyOfRange(leaves, first * HASH_BYTES, (first + 1) * HASH_BYTES);
        }
        int left = Integer.highestOneBit(count - 1);
        byte[] leftRoot = root(leaves, first, left);
        byte[] rightRoot = root(leaves, first + left, count - left);
        digest.update(NODE);
        digest.update(leftRoot);
        digest.update(rightRoot);
        return digest.digest();
    }
}
