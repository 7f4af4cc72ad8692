package io.hubmesh.accounts;

/** What a token may be used for; each scope includes the ones before it, and none goes beyond what its owner may do. */
public enum TokenScope {
    /** See, download, and take part in the mesh. */
    READ,
    /** Change things, too. */
    WRITE,
    /** What only administrators do, too. */
    ADMINISTER;

    public boolean includes(TokenScope other) {
        return compareTo(other) >= 0;
    }
}
