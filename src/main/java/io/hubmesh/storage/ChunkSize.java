package io.hubmesh.storage;

/** How large a content's chunks are: about 512 of them, within bounds. */
final class ChunkSize {

    /** Below this the overhead of a message and a hash for each chunk shows. In bytes. */
    static final int SMALLEST = 64 * 1024;

    /** Above this a wrong chunk costs too much. In bytes. */
    static final int LARGEST = 4 * 1024 * 1024;

    /** Enough to spread over many peers, few enough to keep a manifest small. */
    private static final int WANTED_CHUNKS = 512;

    private ChunkSize() {}

    static int of(long size) {
        long wanted = (size + WANTED_CHUNKS - 1) / WANTED_CHUNKS;
        if (wanted <= SMALLEST) {
            return SMALLEST;
        }
        return wanted >= LARGEST ? LARGEST : Integer.highestOneBit((int) wanted - 1) << 1;
    }
}
