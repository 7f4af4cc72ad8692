package io.hubmesh.accounts.events;

/**
 * Somebody was not let in.
 *
 * @param name as it was typed: perhaps no account's, perhaps a password in the wrong field
 */
public record SignInRefused(String name, Reason reason) {

    /** Why. */
    public enum Reason {
        /** The name or the password was wrong. */
        WRONG,
        /** The account is disabled. */
        DISABLED,
        /** Too many have failed before. */
        TOO_MANY
    }
}
