package io.hubmesh.audit.chain;

import org.jspecify.annotations.Nullable;

/**
 * How long records are kept.
 *
 * @param version rises with every change
 * @param keepDays in days, {@link #SHORTEST} to {@link #LONGEST}; null for ever
 */
public record Retention(long version, @Nullable Integer keepDays) {

    /** Nobody can make what they did vanish before others may have looked. In days. */
    public static final int SHORTEST = 30;

    /** A hundred years. In days. */
    public static final int LONGEST = 36_500;
}
