package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Quota;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A quota as a form holds it: GiB, empty for no limit. */
record QuotaForm(String storage, String upload) {

    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,8}(?:\\.[0-9]{1,9})?");
    private static final int DECIMALS = 3;

    static QuotaForm of(Quota quota) {
        return new QuotaForm(text(quota.storageBytes()), text(quota.largestUpload()));
    }

    /** @throws ProblemException invalid-value */
    Quota toQuota() {
        return new Quota(bytes(storage), bytes(upload));
    }

    private static String text(@Nullable Long bytes) {
        return bytes == null
                ? ""
                : BigDecimal.valueOf(bytes)
                        .divide(GIB, DECIMALS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static @Nullable Long bytes(String gib) {
        String text = gib.strip().replace(',', '.');
        if (text.isEmpty()) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "Give a number of GiB, for example 50 or 0.5, or nothing.");
        }
        return new BigDecimal(text).multiply(GIB).longValue();
    }
}
