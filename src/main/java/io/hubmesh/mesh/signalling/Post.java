package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.swarm.Membership;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.ticket.Fingerprint;
import io.hubmesh.mesh.ticket.SessionDescription;
import io.hubmesh.mesh.wire.FromPeer;
import io.hubmesh.mesh.wire.SignalBody;
import io.hubmesh.mesh.wire.ToPeer;
import java.util.Optional;

/** Passes what one member of a swarm has to say to another. */
final class Post {

    private Post() {}

    /**
     * The sender has been found to be a permitted member of that swarm.
     *
     * @throws ProblemException peer-unknown when the other one is none or is not there; ticket-invalid or fingerprint-mismatch
     *     when the sender describes somebody else
     */
    static void pass(FromPeer.Signal signal, Peer sender, MeshSide mesh) {
        Membership other = mesh.registry()
                .membership(signal.to(), signal.content())
                .filter(place -> !place.peer().equals(sender.id()))
                .filter(place -> mesh.admissions().allows(place.account(), place.resource(), place.content()))
                .orElseThrow(() -> new ProblemException(ProblemCode.PEER_UNKNOWN));
        if (signal.body() instanceof SignalBody.Description description) {
            check(description, signal.content(), sender, mesh);
        }
        ToPeer passedOn = new ToPeer.Signal(sender.id(), signal.passage());
        if (!mesh.sockets().send(other.peer(), passedOn)) {
            throw new ProblemException(ProblemCode.PEER_UNKNOWN);
        }
    }

    /** The hub looks into a description so that no peer can be made to talk to somebody else than the ticket names. */
    private static void check(SignalBody.Description description, ContentId content, Peer sender, MeshSide mesh) {
        if (!mesh.tickets().vouches(description.ticket(), sender.id(), sender.fingerprint(), content)) {
            throw new ProblemException(ProblemCode.TICKET_INVALID);
        }
        Optional<Fingerprint> named = SessionDescription.onlyFingerprint(description.sdp());
        if (!named.equals(Optional.of(sender.fingerprint()))) {
            throw new ProblemException(ProblemCode.FINGERPRINT_MISMATCH);
        }
    }
}
