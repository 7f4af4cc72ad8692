package io.hubmesh.mesh.swarm;

/** Whether the hub sends what peers hold already, to whoever lets the hub help (model {@code automatic}). */
public enum LeasePolicy {
    /** Fast in swarms with up to {@link Limits#SMALL_SWARM} members that do not hold everything, else thrifty. */
    BY_SIZE,
    /** The hub sends what no peer holds, and helps who waits for peers in vain. */
    THRIFTY,
    /** The hub sends along with the peers, as fast as it can. */
    FAST;

    /** @param fetching members that do not hold everything */
    boolean isFast(int fetching) {
        return this == FAST || (this == BY_SIZE && fetching <= Limits.SMALL_SWARM);
    }
}
