package io.hubmesh.audit;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * Who did it.
 *
 * @param account null when nobody was signed in, or the hub did it by itself
 * @param name as it was then; null when nobody was signed in, or it is to be looked up
 */
public record Actor(@Nullable AccountId account, @Nullable String name) {

    /** Somebody who was not signed in. */
    public static final Actor NOBODY = new Actor(null, null);

    /** The hub by itself. No account can have this name: it has a blank. */
    public static final Actor HUB = new Actor(null, "the hub");

    static final int LONGEST_NAME = 128;

    public Actor {
        name = name == null ? null : Words.bounded(name, LONGEST_NAME);
    }

    public static Actor of(Subject subject) {
        return new Actor(subject.accountId(), subject.name());
    }

    /** An account whose name is to be looked up. */
    public static Actor of(AccountId account) {
        return new Actor(account, null);
    }
}
