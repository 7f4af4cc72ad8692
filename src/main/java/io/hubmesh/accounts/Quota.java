package io.hubmesh.accounts;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What an account may keep on the hub.
 *
 * @param storageBytes of all its files together, each version counted; null for no limit
 * @param largestUpload of one upload, in bytes; null for no limit
 */
public record Quota(@Nullable Long storageBytes, @Nullable Long largestUpload) {

    /** No limit at all. */
    public static final Quota NONE = new Quota(null, null);

    /** In bytes: 1 PiB. Whoever needs more needs no limit. */
    public static final long LARGEST = 1L << 50;

    /** @throws ProblemException invalid-value when a limit is below zero or above {@link #LARGEST} */
    public Quota {
        check(storageBytes);
        check(largestUpload);
    }

    private static void check(@Nullable Long bytes) {
        if (bytes != null && (bytes < 0 || bytes > LARGEST)) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "A limit is 0 bytes to 1 PiB; left empty, there is none.");
        }
    }
}
