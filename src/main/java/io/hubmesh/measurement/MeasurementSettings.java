package io.hubmesh.measurement;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What administrators have chosen about measuring.
 *
 * @param version rises with every change
 * @param price of what the hub sends; null when nothing is to be said about money
 * @param keepMinutesForHours how long the series by the minute is kept, in hours
 * @param keepHoursForDays how long the series by the hour is kept, in days
 * @param keepDaysForDays how long the series by the day is kept, in days; null for ever
 */
public record MeasurementSettings(
        long version,
        @Nullable Price price,
        int keepMinutesForHours,
        int keepHoursForDays,
        @Nullable Integer keepDaysForDays) {

    /** A month of minutes: each resource that is delivered all the time costs 45,000 rows. In hours. */
    public static final int MOST_HOURS_OF_MINUTES = 31 * 24;

    /** Five years, leap days included. In days. */
    public static final int MOST_DAYS_OF_HOURS = 1_826;

    /** A hundred years. In days. */
    public static final int MOST_DAYS = 36_500;

    private static final int HOURS_A_DAY = 24;

    /**
     * What egress costs.
     *
     * @param perGb of 10^9 bytes, 0 to {@link #MOST_PER_GB}, with at most {@link #DECIMALS} decimals
     * @param currency ISO 4217, three capital letters
     * @throws ProblemException invalid-value when one is not so
     */
    public record Price(BigDecimal perGb, String currency) {

        /** More than anybody charges. */
        public static final BigDecimal MOST_PER_GB = BigDecimal.valueOf(1_000_000);

        /** As fine as any list of prices. */
        public static final int DECIMALS = 6;

        private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toUnmodifiableSet());

        public Price {
            perGb = perGb.stripTrailingZeros();
            require(
                    perGb.signum() >= 0 && perGb.compareTo(MOST_PER_GB) <= 0 && perGb.scale() <= DECIMALS,
                    "A price is 0 to 1000000 for each 10^9 bytes, with at most six decimals.");
            require(CURRENCIES.contains(currency), "A currency is three letters, as in EUR (ISO 4217).");
            perGb = perGb.setScale(Math.max(0, perGb.scale())); // 100 and not 1E+2; equal prices are equal
        }

        @Override
        public String toString() {
            return perGb.toPlainString() + " " + currency;
        }
    }

    /** Goes on only when everything is within its bounds. @throws ProblemException invalid-value */
    void check() {
        require(
                keepMinutesForHours >= 1 && keepMinutesForHours <= MOST_HOURS_OF_MINUTES,
                "Minutes are kept for 1 to " + MOST_HOURS_OF_MINUTES + " hours.");
        require(
                keepHoursForDays >= 1 && keepHoursForDays <= MOST_DAYS_OF_HOURS,
                "Hours are kept for 1 to " + MOST_DAYS_OF_HOURS + " days.");
        require(
                keepDaysForDays == null || (keepDaysForDays >= 1 && keepDaysForDays <= MOST_DAYS),
                "Days are kept for 1 to " + MOST_DAYS + " days, or for ever.");
        require(
                keepMinutesForHours <= keepHoursForDays * HOURS_A_DAY
                        && (keepDaysForDays == null || keepHoursForDays <= keepDaysForDays),
                "Hours are kept at least as long as minutes, and days at least as long as hours.");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, otherwise);
        }
    }
}
