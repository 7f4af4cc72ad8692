package io.hubmesh.accounts;

import org.jspecify.annotations.Nullable;

/**
 * What an administrator says to create an account.
 *
 * @param password null lets the hub make one, which is told once
 */
public record NewAccount(
        String name, String displayName, @Nullable String password, Role role) {}
