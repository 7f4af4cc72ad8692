package io.hubmesh.delivery.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Range header asks for (RFC 9110, section 14.2). */
final class RangeHeader {

    /** More than a player or a download manager needs in one request; bounds what one answer costs. */
    static final int MOST_RANGES = 64;

    /** As that section lets a server do: two that overlap may be a mistake, more are an attack. */
    static final int MOST_OVERLAPS = 2;

    /** Less than this between two ranges costs less than the head of another part. In bytes. */
    static final int GAP = 128;

    private static final String UNIT = "bytes=";

    /** No file has a number of bytes with more digits. */
    private static final int MOST_DIGITS = 18;

    private static final Pattern RANGE = Pattern.compile("([0-9]*)-([0-9]*)");

    private RangeHeader() {}

    /**
     * The ranges that the file has, in the order asked for, those that overlap or nearly touch made one. Empty when the whole file is to be sent:
     * without a header, and with one that is no byte range, which is as good as none.
     *
     * @throws ProblemException range-not-satisfiable when the file has no byte of it, and when there are too many, or too many that overlap
     */
    static List<ByteRange> of(@Nullable String header, long size) {
        if (header == null || !header.startsWith(UNIT)) {
            return List.of();
        }
        if (header.chars().filter(character -> character == ',').count() >= MOST_RANGES) {
            throw notSatisfiable("Ask for " + MOST_RANGES + " ranges at most.");
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (String spec : header.substring(UNIT.length()).split(",", -1)) {
            Matcher numbers = RANGE.matcher(spec.strip());
            if (!numbers.matches() || !isRange(numbers.group(1), numbers.group(2))) {
                return List.of();
            }
            ByteRange range = within(numbers.group(1), numbers.group(2), size);
            if (range != null) {
                ranges.add(range);
            }
        }
        if (ranges.isEmpty()) {
            throw notSatisfiable("The file has " + size + " bytes; ask for a range within them.");
        }
        return together(ranges);
    }

    private static boolean isRange(String first, String last) {
        if (first.isEmpty()) {
            return !last.isEmpty();
        }
        return last.isEmpty() || number(first) <= number(last);
    }

    private static @Nullable ByteRange within(String first, String last, long size) {
        if (first.isEmpty()) {
            long length = Math.min(number(last), size);
            return length == 0 ? null : new ByteRange(size - length, length);
        }
        long start = number(first);
        long end = last.isEmpty() ? size : Math.min(number(last), size - 1) + 1;
        return start >= size ? null : new ByteRange(start, end - start);
    }

    private static List<ByteRange> together(List<ByteRange> ranges) {
        int overlaps = 0;
        List<ByteRange> apart = new ArrayList<>();
        for (ByteRange range : ranges) {
            if (apart.stream().anyMatch(range::overlaps) && ++overlaps > MOST_OVERLAPS) {
                throw notSatisfiable("Ask for each byte once.");
            }
            add(apart, range);
        }
        return apart;
    }

    /** Made one with all that it is near to, in the place of the first of them. */
    private static void add(List<ByteRange> apart, ByteRange range) {
        ByteRange one = range;
        int place = apart.size();
        int near;
        while ((near = nearTo(one, apart)) >= 0) {
            one = one.with(apart.remove(near));
            place = Math.min(place, near);
        }
        apart.add(Math.min(place, apart.size()), one);
    }

    private static int nearTo(ByteRange range, List<ByteRange> apart) {
        for (int at = 0; at < apart.size(); at++) {
            if (apart.get(at).isNear(range, GAP)) {
                return at;
            }
        }
        return -1;
    }

    /** Larger than any file when it has more digits than any has. */
    private static long number(String digits) {
        String plain = digits.replaceFirst("^0+(?=.)", "");
        return plain.length() > MOST_DIGITS ? Long.MAX_VALUE - 1 : Long.parseLong(plain);
    }

    private static ProblemException notSatisfiable(String detail) {
        return new ProblemException(ProblemCode.RANGE_NOT_SATISFIABLE, detail);
    }
}
