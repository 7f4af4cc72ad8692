package io.hubmesh.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * How figures of one kind are spread. Quantiles are by nearest rank.
 *
 * @param count of the figures
 */
public record Spread(int count, double least, double median, double p95, double p99, double most) {

    /** @throws IllegalArgumentException when there is no figure */
    public static Spread of(double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return new Spread(
                sorted.length,
                sorted[0],
                rank(sorted, 0.5),
                rank(sorted, 0.95),
                rank(sorted, 0.99),
                sorted[sorted.length - 1]);
    }

    public static Spread of(Collection<? extends Number> figures) {
        return of(figures.stream().mapToDouble(Number::doubleValue).toArray());
    }

    /** The same figures in another unit. */
    public Spread times(double factor) {
        return new Spread(count, least * factor, median * factor, p95 * factor, p99 * factor, most * factor);
    }

    /** As a table shows it: the median, in brackets the least and the most. */
    @Override
    public String toString() {
        return text(median) + " (" + text(least) + " to " + text(most) + ")";
    }

    /** Three digits that count. */
    static String text(double figure) {
        double size = Math.abs(figure);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", figure);
    }

    private static double rank(double[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
