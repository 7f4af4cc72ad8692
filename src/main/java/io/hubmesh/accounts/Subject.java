package io.hubmesh.accounts;

import io.hubmesh.kernel.AccountId;

/** Who is asking: the signed-in account that a request, a socket or a token acts for. */
public record Subject(AccountId accountId, String name, Role role) {

    public boolean isAdministrator() {
        return role == Role.ADMINISTRATOR;
    }
}
