package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Quota;
import io.hubmesh.kernel.Bytes;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** A quota as a form holds it: each a number with its unit, empty for no limit, which one that is missing is not. What is saved as it was shown stays as it was. */
record QuotaForm(@Nullable String storage, @Nullable String upload) {

    static QuotaForm of(Quota quota) {
        return new QuotaForm(text(quota.storageBytes()), text(quota.largestUpload()));
    }

    /** @throws ProblemException invalid-value */
    Quota toQuota() {
        return new Quota(bytes(storage), bytes(upload));
    }

    private static String text(@Nullable Long bytes) {
        return bytes == null ? "" : Bytes.exactly(bytes);
    }

    private static @Nullable Long bytes(@Nullable String typed) {
        if (typed == null) {
            throw unreadable();
        }
        return typed.isBlank() ? null : Bytes.read(typed).orElseThrow(QuotaForm::unreadable);
    }

    private static ProblemException unreadable() {
        return new ProblemException(
                ProblemCode.INVALID_VALUE, "Give a number with its unit, for example 50 GiB or 500 MiB, or nothing.");
    }
}
