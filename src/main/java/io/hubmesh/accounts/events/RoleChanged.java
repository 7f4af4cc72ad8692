package io.hubmesh.accounts.events;

import io.hubmesh.accounts.Role;
import io.hubmesh.kernel.AccountId;

/** An account has another role; its sessions have ended, its tokens act for the new role. */
public record RoleChanged(AccountId account, Role role) {}
