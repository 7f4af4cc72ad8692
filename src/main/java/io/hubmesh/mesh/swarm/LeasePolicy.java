package io.hubmesh.mesh.swarm;

/** How freely the hub sends what peers hold already, in transfers of the automatic model. */
public enum LeasePolicy {
    /** Fast in swarms with few members that do not hold everything, else thrifty. */
    BY_SIZE,
    /** Only what the swarm cannot give. */
    THRIFTY,
    /** What others hold too, as fast as the hub can. */
    FAST
}
