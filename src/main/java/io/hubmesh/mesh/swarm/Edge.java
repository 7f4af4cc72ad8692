package io.hubmesh.mesh.swarm;

/**
 * A pair of members that has been named to one of them and is not known to be lost.
 *
 * @param near whether it was chosen because both are in one network
 */
record Edge(Node one, Node other, boolean near) {

    @Override
    public boolean equals(Object another) {
        return this == another;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
