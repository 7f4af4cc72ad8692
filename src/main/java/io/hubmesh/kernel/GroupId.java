package io.hubmesh.kernel;

import java.util.UUID;

/** Names one group of accounts. */
public record GroupId(UUID value) {

    public static GroupId of(String text) {
        return new GroupId(Ids.uuid(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
