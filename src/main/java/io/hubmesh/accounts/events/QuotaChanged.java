package io.hubmesh.accounts.events;

import io.hubmesh.accounts.Quota;
import io.hubmesh.kernel.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody may keep more or less on the hub than before.
 *
 * @param account null for everybody who has no quota of their own
 * @param quota null when the one for everybody holds for the account again
 */
public record QuotaChanged(
        @Nullable AccountId account, @Nullable Quota quota) {}
