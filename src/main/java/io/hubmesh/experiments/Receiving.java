package io.hubmesh.experiments;

import io.hubmesh.experiments.Outcome.End;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.events.TrialTold;
import org.jspecify.annotations.Nullable;

/** One receiver in a run of an experiment: what it has said, and how it ended. Pure, and not safe for threads. */
final class Receiving {

    private final PeerId peer;
    private boolean ready;
    private @Nullable End end;
    private @Nullable Long millis;
    private @Nullable String code;
    private long upload;
    private long download;
    private long fromHub;
    private long fromPeers;

    Receiving(PeerId peer) {
        this.peer = peer;
    }

    PeerId peer() {
        return peer;
    }

    /** Whether it has said that it could begin. */
    boolean isReady() {
        return ready;
    }

    /** Whether it has come to an end, whichever. */
    boolean isOver() {
        return end != null;
    }

    /**
     * It says how it stands; after its end it is not listened to.
     *
     * @param phase of the run
     * @param sinceMillis since that phase began
     */
    void hear(TrialTold told, Runner.Phase phase, long sinceMillis) {
        if (end != null) {
            return;
        }
        if (told.state() == TrialTold.State.READY && phase == Runner.Phase.ASKING) {
            ready = true;
            upload = told.upload();
            download = told.download();
            return;
        }
        fromHub = Math.max(fromHub, told.fromHub());
        fromPeers = Math.max(fromPeers, told.fromPeers());
        if (told.state() == TrialTold.State.COMPLETED && phase == Runner.Phase.RUNNING) {
            millis = Math.max(1, sinceMillis);
            end = End.COMPLETED;
        } else if (told.state() == TrialTold.State.FAILED) {
            code = told.code();
            end = End.FAILED;
        }
    }

    /** Ends it so, unless it has come to an end before. */
    void end(End how) {
        end = end == null ? how : end;
    }

    /** As it is shown, and kept when the run is over. */
    Outcome.Receiver view() {
        return new Outcome.Receiver(
                peer.value(), end, millis, fromHub, fromPeers, ready ? upload : 0, ready ? download : 0, code);
    }
}
