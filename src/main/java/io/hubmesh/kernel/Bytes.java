package io.hubmesh.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How counts of bytes are written for people; scripts in the browser write them the same way. */
public final class Bytes {

    private static final double STEP = 1024;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1024 * 1024);

    /** A thousandth of a MiB is finer than anybody chooses a rate. */
    private static final int DECIMALS = 3;

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
}
