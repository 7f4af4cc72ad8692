package io.hubmesh.measurement.advisor;

import java.util.Locale;

/** Figures as people read them; the same words as the front end's {@code ui/format.ts}. */
public final class Words {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;
    private static final double PERCENT = 100;
    private static final double MEGABIT = 125_000;
    private static final double TEN = 10;

    /** Less is rounded to nothing. */
    private static final double LEAST_MONEY = 0.005;

    private Words() {}

    /** In at most two units: {@code 3 min 20 s}; below ten seconds with a tenth. */
    public static String duration(double seconds) {
        if (seconds < TEN) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < MINUTE) {
            return whole + " s";
        }
        if (whole < HOUR) {
            return joined(whole / MINUTE, "min", whole % MINUTE, "s");
        }
        return whole < DAY
                ? joined(whole / HOUR, "h", whole % HOUR / MINUTE, "min")
                : joined(whole / DAY, "d", whole % DAY / HOUR, "h");
    }

    /** Bytes a second as lines are sold: {@code 2.5e6} is {@code 20 Mbit/s}. */
    public static String rate(double bytesPerSecond) {
        double megabits = bytesPerSecond / MEGABIT;
        return String.format(Locale.ROOT, megabits < TEN ? "%.1f Mbit/s" : "%,.0f Mbit/s", megabits);
    }

    /** With two digits after the point; whatever there is never reads 0.00. */
    public static String money(double amount) {
        if (amount > 0 && amount < LEAST_MONEY) {
            return "< 0.01";
        }
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    /** {@code 0.824} is {@code 82 %}. */
    public static String share(double share) {
        double percent = share * PERCENT;
        if (percent > 0 && percent < 1) {
            return "< 1 %";
        }
        if (percent > PERCENT - 1 && percent < PERCENT) {
            return "> 99 %";
        }
        return Math.round(percent) + " %";
    }

    /** {@code 1,536}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** How often the file: {@code 1}, {@code 10.9}. */
    static String copies(double hubBytes, Environment of) {
        double copies = hubBytes / of.sizeBytes();
        return Math.abs(copies - Math.rint(copies)) < 0.05
                ? count(Math.round(copies))
                : String.format(Locale.ROOT, "%,.1f", copies);
    }

    private static String joined(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + " " + largeUnit : large + " " + largeUnit + " " + small + " " + smallUnit;
    }
}
