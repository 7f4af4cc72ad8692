package io.hubmesh.mesh.events;

import io.hubmesh.kernel.PeerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A peer says how its part in an experiment stands. Bytes are its claims.
 *
 * @param trial its part in one run
 * @param peer the one that was asked
 * @param upload most bytes a second that it gives
 * @param download most bytes a second that it takes
 * @param code why it has failed or left, as far as it says
 */
public record TrialTold(
        String trial,
        PeerId peer,
        State state,
        long upload,
        long download,
        long fromHub,
        long fromPeers,
        @Nullable String code,
        Instant at) {

    /** {@code LEFT}: its person takes no part any more. */
    public enum State {
        READY,
        RUNNING,
        COMPLETED,
        FAILED,
        LEFT
    }
}
