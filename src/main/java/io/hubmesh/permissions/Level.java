package io.hubmesh.permissions;

/** How much a grant allows; each level includes the ones before it. */
public enum Level {
    /** See it, download it, fetch and serve it in the mesh. */
    READ,
    /** Add, rename, replace and delete. */
    WRITE,
    /** Grant others, and switch peer delivery on or off. */
    MANAGE;

    public boolean includes(Level other) {
        return compareTo(other) >= 0;
    }
}
