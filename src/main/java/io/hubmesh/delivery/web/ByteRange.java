package io.hubmesh.delivery.web;

/**
 * Some bytes of a file.
 *
 * @param start of the first byte
 * @param length in bytes
 */
record ByteRange(long start, long length) {

    /** Behind the last byte. */
    long end() {
        return start + length;
    }

    /** As it stands in a Content-Range header. */
    String contentRange(long size) {
        return "bytes " + start + "-" + (end() - 1) + "/" + size;
    }

    boolean overlaps(ByteRange other) {
        return start < other.end() && other.start < end();
    }

    /** Whether no more than so many bytes are between the two. */
    boolean isNear(ByteRange other, long gap) {
        return start <= other.end() + gap && other.start <= end() + gap;
    }

    /** From the first byte of either to the last. */
    ByteRange with(ByteRange other) {
        long first = Math.min(start, other.start);
        return new ByteRange(first, Math.max(end(), other.end()) - first);
    }
}
