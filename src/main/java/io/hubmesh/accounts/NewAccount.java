package io.hubmesh.accounts;

import org.jspecify.annotations.Nullable;

/**
 * What an administrator says to create an account.
 *
 * @param password null lets the hub make one, which is told once
 * @param mustChangePassword whether its owner has to choose another before anything else
 */
public record NewAccount(
        String name, String displayName, @Nullable String password, Role role, boolean mustChangePassword) {

    /** A password that the hub made has to be changed. */
    public NewAccount(String name, String displayName, @Nullable String password, Role role) {
        this(name, displayName, password, role, password == null);
    }
}
