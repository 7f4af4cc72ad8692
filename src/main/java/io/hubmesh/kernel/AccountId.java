package io.hubmesh.kernel;

import java.util.UUID;

/** Names one account. */
public record AccountId(UUID value) {

    public static AccountId of(String text) {
        return new AccountId(Ids.uuid(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
