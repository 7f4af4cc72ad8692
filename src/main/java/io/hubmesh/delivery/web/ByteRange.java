package io.hubmesh.delivery.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRange;

/**
 * The part of a file that an answer brings.
 *
 * @param start of the first byte
 * @param length in bytes
 * @param partial whether it is less than was there to ask for, so that the answer is a 206
 */
record ByteRange(long start, long length, boolean partial) {

    static ByteRange whole(long size) {
        return new ByteRange(0, size, false);
    }

    /**
     * Reads a Range header (RFC 9110, section 14.2). One range is honoured; several, or a header that is no byte range,
     * are answered with the whole file, as that section allows.
     *
     * @throws ProblemException range-not-satisfiable when no byte of the range exists
     */
    static ByteRange of(@Nullable String header, long size) {
        if (header == null) {
            return whole(size);
        }
        List<HttpRange> ranges = parse(header);
        if (ranges.size() != 1) {
            return whole(size);
        }
        HttpRange range = ranges.get(0);
        if (size == 0 || header.strip().endsWith("=-0")) {
            throw notSatisfiable(size);
        }
        long start = range.getRangeStart(size);
        long end = range.getRangeEnd(size);
        if (start >= size || start > end) {
            throw notSatisfiable(size);
        }
        return new ByteRange(start, end - start + 1, true);
    }

    /** As it stands in a Content-Range header. */
    String contentRange(long size) {
        return "bytes " + start + "-" + (start + length - 1) + "/" + size;
    }

    private static List<HttpRange> parse(String header) {
        try {
            return HttpRange.parseRanges(header);
        } catch (IllegalArgumentException notAByteRange) {
            return List.of();
        }
    }

    private static ProblemException notSatisfiable(long size) {
        return new ProblemException(
                ProblemCode.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes; ask for a range within them.");
    }
}
