package io.hubmesh.mesh.swarm;

/**
 * Two members whose link was lost. Times in milliseconds.
 *
 * @param losses how often in a row
 * @param until when they may be an edge again
 * @param order which loss of the swarm it was: what ends at one moment ends in that order
 */
record LostPair(Node one, Node other, int losses, long until, long order) {

    boolean isOver(long now) {
        return until <= now;
    }

    /** Whether the pair has not been lost again for so long that the next loss is a first one. */
    boolean isForgiven(long now) {
        return until + Limits.FORGIVEN.toMillis() <= now;
    }
}
