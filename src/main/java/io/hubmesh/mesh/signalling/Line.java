package io.hubmesh.mesh.signalling;

import io.hubmesh.mesh.wire.ToPeer;

/** The way from the hub to one peer. Neither method waits for the peer, and both may be called from any thread. */
public interface Line {

    void send(ToPeer message);

    /**
     * Closes when everything sent so far has gone out.
     *
     * @param amiss whether it is because the peer did something it should not have
     */
    void close(boolean amiss, String code);
}
