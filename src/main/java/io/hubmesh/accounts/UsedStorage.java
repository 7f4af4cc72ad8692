package io.hubmesh.accounts;

import io.hubmesh.kernel.AccountId;

/** How much of the hub an account uses; answered by the room that keeps the files. */
public interface UsedStorage {

    /** The sizes of all versions that the account has made, in bytes. */
    long bytesOf(AccountId account);
}
