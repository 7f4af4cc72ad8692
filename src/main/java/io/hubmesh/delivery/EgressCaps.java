package io.hubmesh.delivery;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much the hub may send, as administrators have chosen.
 *
 * @param version rises with every change
 * @param hub of all downloads together, in bytes a second; null for as much as there is
 * @param account of all downloads of one account together, in bytes a second; null for as much as there is
 */
public record EgressCaps(
        long version, @Nullable Long hub, @Nullable Long account) {

    /** A page must still come, and a hundred accounts still get something. In bytes a second. */
    public static final long LEAST = 16 * 1024;

    /** More than any network card sends. In bytes a second. */
    public static final long MOST = 100L * 1000 * 1000 * 1000;

    /** Both as forms offer them: in MiB a second, rounded inwards. */
    public static final BigDecimal LEAST_MEBIBYTES = new BigDecimal("0.016");

    public static final BigDecimal MOST_MEBIBYTES = new BigDecimal("95000");

    /** The same two in words. */
    public static final String BOUNDS_IN_WORDS = "0.016 to 95,000 MiB a second";

    public boolean isLimited() {
        return hub != null || account != null;
    }
}
