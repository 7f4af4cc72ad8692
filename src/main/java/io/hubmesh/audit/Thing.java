package io.hubmesh.audit;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * What something was done to.
 *
 * @param id as other answers of the hub name it; null where it has none
 * @param name as it was then; null when it is to be looked up, or has none
 */
public record Thing(
        Kind kind, @Nullable String id, @Nullable String name) {

    /** The closed list. */
    public enum Kind {
        ACCOUNT,
        GROUP,
        TOKEN,
        RESOURCE,
        PEER,
        SETTINGS,
        HUB,
        AUDIT,
        REQUEST
    }

    static final int LONGEST_ID = 64;
    static final int LONGEST_NAME = 255;

    public Thing {
        id = id == null ? null : Words.bounded(id, LONGEST_ID);
        name = name == null ? null : Words.bounded(name, LONGEST_NAME);
    }

    public static Thing account(AccountId id) {
        return new Thing(Kind.ACCOUNT, id.toString(), null);
    }

    public static Thing resource(ResourceId id, @Nullable String name) {
        return new Thing(Kind.RESOURCE, id.toString(), name);
    }

    public static Thing of(Kind kind, @Nullable String name) {
        return new Thing(kind, null, name);
    }
}
