package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Quota;
import io.hubmesh.accounts.Quotas;
import io.hubmesh.accounts.UsedStorage;
import io.hubmesh.kernel.AccountId;
import org.jspecify.annotations.Nullable;

/** What an account uses of the hub, and what it may; bytes, null for no limit. */
record UsageResource(
        long usedBytes,
        @Nullable Long storageBytes,
        @Nullable Long largestUpload) {

    static UsageResource of(AccountId account, UsedStorage used, Quotas quotas) {
        Quota quota = quotas.of(account);
        return new UsageResource(used.bytesOf(account), quota.storageBytes(), quota.largestUpload());
    }
}
