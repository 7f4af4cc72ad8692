package io.hubmesh.accounts;

import org.jspecify.annotations.Nullable;

/**
 * A new account.
 *
 * @param generatedPassword the password that the hub made, told this once; null when the administrator chose one
 */
public record CreatedAccount(Account account, @Nullable String generatedPassword) {}
