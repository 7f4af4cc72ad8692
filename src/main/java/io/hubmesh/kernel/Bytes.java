package io.hubmesh.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How counts of bytes are written for people, which scripts in the browser do the same way, and read from them. */
public final class Bytes {

    private static final double STEP = 1024;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1024 * 1024);

    /** A thousandth of a unit is finer than anybody chooses. */
    private static final int DECIMALS = 3;

    /** A unit's power of two is so many times its place. */
    private static final int BITS = 10;

    /** What a number alone is of: GiB. */
    private static final int USUAL = 3;

    private static final Pattern TYPED =
            Pattern.compile("(-?\\d{1,16}(?:[.,]\\d{1,9})?)\\s*([KMGTP]iB|B)?", Pattern.CASE_INSENSITIVE);

    private Bytes() {}

    /** {@code 1536} is {@code 1.5 KiB}. */
    public static String inWords(double count) {
        double rest = count;
        int unit = 0;
        while (rest >= STEP && unit < UNITS.length - 1) {
            rest /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", rest, UNITS[unit]);
    }

    /** How a form that asks in MiB shows a count: to a thousandth, without an exponent. */
    public static BigDecimal inMebibytes(long count) {
        return new BigDecimal(BigDecimal.valueOf(count)
                .divide(MEBIBYTE, DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString());
    }

    /** What was entered into such a form, as a count: never below zero nor above the largest there is. */
    public static long ofMebibytes(BigDecimal entered) {
        return entered.multiply(MEBIBYTE)
                .max(BigDecimal.ZERO)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    /** As {@link #read} reads it again without loss, in the largest unit with three decimals at most: {@code 1536} is {@code 1.5 KiB}. */
    public static String exactly(long count) {
        BigDecimal exact = BigDecimal.valueOf(count);
        for (int unit = UNITS.length - 1; unit > 0; unit--) {
            BigDecimal inUnits = exact.divide(size(unit)).stripTrailingZeros(); // a power of two always divides
            if (inUnits.abs().compareTo(BigDecimal.ONE) >= 0 && inUnits.scale() <= DECIMALS) {
                return inUnits.toPlainString() + " " + UNITS[unit];
            }
        }
        return count + " " + UNITS[0];
    }

    /**
     * What a person has typed: a number, with one of the units or, alone, of GiB. A part of a byte counts as one.
     *
     * @return within what a long holds; nothing where it is something else
     */
    public static OptionalLong read(String text) {
        Matcher typed = TYPED.matcher(text.strip());
        if (!typed.matches()) {
            return OptionalLong.empty();
        }
        int unit = USUAL;
        for (int each = 0; each < UNITS.length; each++) {
            if (UNITS[each].equalsIgnoreCase(typed.group(2))) {
                unit = each;
            }
        }
        BigDecimal count = new BigDecimal(typed.group(1).replace(',', '.')).multiply(size(unit));
        return OptionalLong.of(count.setScale(0, RoundingMode.UP)
                .max(BigDecimal.valueOf(Long.MIN_VALUE))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue());
    }

    private static BigDecimal size(int unit) {
        return BigDecimal.valueOf(1L << (BITS * unit));
    }
}
