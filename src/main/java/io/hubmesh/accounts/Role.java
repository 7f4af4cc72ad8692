package io.hubmesh.accounts;

/** What an account is for. */
public enum Role {
    /** Reaches what it was granted. */
    MEMBER,
    /** Reaches everything, and decides who else does. */
    ADMINISTRATOR
}
