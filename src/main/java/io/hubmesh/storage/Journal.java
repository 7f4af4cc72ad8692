package io.hubmesh.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What is known for certain of a content that is arriving, beside its bytes: how many of them last through a loss of power, and the leaves of the
 * chunks that they complete.
 *
 * <p>{@code HMJ1}, size (8 bytes); at 64 and at 128 one slot each: a number that rises (8), the durable offset (8), how many leaves (4), the CRC-32C of
 * these (4) and of the slot (4); at 192 the SHA-256 of the whole (32) and its CRC-32C (4), once all has come; from 512 the leaves (32 each). The
 * slots are written in turn, so that one that was being written when the power went leaves the other.
 */
final class Journal implements AutoCloseable {

    private static final int MAGIC = 0x484d4a31;
    private static final int[] SLOTS = {64, 128};
    private static final int SLOT_BYTES = 28;
    private static final int WHOLE = 192;
    private static final int LEAVES = 512;

    private final Disk disk;
    private final FileChannel file;
    private final long size;
    private CRC32C crc = new CRC32C();
    private byte[] known = new byte[0];
    private int count;
    private long turn;
    private long offset;

    private Journal(Disk disk, FileChannel file, long size) {
        this.disk = disk;
        this.file = file;
        this.size = size;
    }

    /** A new one, which lasts when this returns. */
    static Journal create(Disk disk, Path path, long size) throws IOException {
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer head = ByteBuffer.allocate(LEAVES).putInt(MAGIC).putLong(size);
        disk.write(file, head.rewind(), 0);
        disk.force(file);
        return new Journal(disk, file, size);
    }

    /** Finds out what is certain. @throws IOException also when it is no journal */
    static Journal open(Disk disk, Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer head = read(file, 0, LEAVES);
        if (head.remaining() < LEAVES || head.getInt() != MAGIC) {
            file.close();
            throw new IOException("not a journal: " + path);
        }
        Journal journal = new Journal(disk, file, head.getLong());
        for (int at : SLOTS) {
            journal.recall(head.slice(at, SLOT_BYTES));
        }
        return journal;
    }

    long size() {
        return size;
    }

    /** How many bytes are certain. */
    long offset() {
        return offset;
    }

    /** How many leaves are written. */
    int count() {
        return count;
    }

    /** The leaves that were found when it was opened. */
    byte[] leaves() {
        return known.clone();
    }

    /**
     * Writes down that the bytes up to there are on the disk, which they must be already.
     *
     * @param fresh the leaves behind the first {@link #count}
     */
    void checkpoint(long durable, byte[] fresh) throws IOException {
        disk.write(file, ByteBuffer.wrap(fresh), leafAt(count));
        crc.update(fresh);
        count += fresh.length / MerkleTree.HASH_BYTES;
        turn++;
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES)
                .putLong(turn)
                .putLong(durable)
                .putInt(count)
                .putInt((int) crc.getValue());
        slot.putInt(checksum(slot.array(), slot.position())).flip();
        disk.write(file, slot, SLOTS[(int) (turn % SLOTS.length)]);
        disk.force(file);
        offset = durable;
    }

    /** Writes down what the whole content is, before it is moved to where contents are kept. */
    void finished(String sha256) throws IOException {
        ByteBuffer whole = ByteBuffer.allocate(MerkleTree.HASH_BYTES + Integer.BYTES)
                .put(HexFormat.of().parseHex(sha256));
        whole.putInt(checksum(whole.array(), whole.position())).flip();
        disk.write(file, whole, WHOLE);
        disk.force(file);
    }

    /** The manifest of the whole content, once {@link #finished} has been told. */
    Optional<Manifest> manifest() throws IOException {
        ByteBuffer whole = read(file, WHOLE, MerkleTree.HASH_BYTES + Integer.BYTES);
        byte[] sha256 = Arrays.copyOf(whole.array(), MerkleTree.HASH_BYTES);
        if (offset != size || whole.getInt(MerkleTree.HASH_BYTES) != checksum(sha256, sha256.length)) {
            return Optional.empty();
        }
        byte[] leaves = read(file, LEAVES, count * MerkleTree.HASH_BYTES).array();
        return Optional.of(new Manifest(
                MerkleTree.contentId(size, leaves),
                size,
                ChunkSize.of(size),
                HexFormat.of().formatHex(sha256),
                leaves));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Believes a slot that is whole, newer than what is believed already, and whose leaves are there. */
    private void recall(ByteBuffer slot) throws IOException {
        long number = slot.getLong();
        long durable = slot.getLong();
        int complete = slot.getInt();
        int leavesCrc = slot.getInt();
        byte[] written = new byte[slot.position()];
        slot.get(0, written);
        if (number <= turn || slot.getInt() != checksum(written, written.length) || durable < 0 || durable > size) {
            return;
        }
        byte[] leaves = read(file, LEAVES, complete * MerkleTree.HASH_BYTES).array();
        CRC32C found = new CRC32C();
        found.update(leaves);
        if ((int) found.getValue() == leavesCrc) {
            turn = number;
            offset = durable;
            crc = found;
            known = leaves;
            count = complete;
        }
    }

    private static long leafAt(int leaf) {
        return LEAVES + (long) leaf * MerkleTree.HASH_BYTES;
    }

    /** As much as is there; what is missing stays zero. */
    private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        long next = position;
        int more;
        while (bytes.hasRemaining() && (more = file.read(bytes, next)) > 0) {
            next += more;
        }
        return bytes.rewind();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
