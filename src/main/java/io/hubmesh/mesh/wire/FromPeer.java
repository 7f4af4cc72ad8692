package io.hubmesh.mesh.wire;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.TrialTold;
import io.hubmesh.mesh.swarm.RefusalCode;
import io.hubmesh.mesh.ticket.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a peer may say to the hub. Every value has been checked for shape and bound, none of them for truth. */
public sealed interface FromPeer {

    /** Hands the message to the method that is meant for it. */
    void tell(Listener listener);

    /**
     * The first message of a socket.
     *
     * @param trial the part in an experiment for which the peer was made; null: it joins the mesh
     */
    record Hello(Fingerprint fingerprint, @Nullable String trial) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.hello(this);
        }
    }

    /** Asks to fetch and serve a content, as the file that a resource holds. */
    record Enter(ResourceId resource, ContentId content, Bitmap have) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.enter(this);
        }
    }

    /** How much kept disk the peer would give on request now, in bytes. */
    record Willing(long bytes) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.willing(this);
        }
    }

    /** How large a test copy the peer would fetch for an experiment, in bytes; 0: it takes no part. */
    record Volunteer(long bytes) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.volunteer(this);
        }
    }

    /**
     * How a peer's part in an experiment stands.
     *
     * @param upload what it will give at most, in bytes a second
     * @param download what it will take at most, in bytes a second
     */
    record TrialState(
            String trial,
            TrialTold.State state,
            long upload,
            long download,
            long fromHub,
            long fromPeers,
            @Nullable String code)
            implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.trialState(this);
        }
    }

    record Leave(ContentId content) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.leave(this);
        }
    }

    /** Something for another peer of the swarm, and how it is passed on. */
    record Signal(PeerId to, ContentId content, String link, SignalBody body, Passage passage) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.signal(this);
        }
    }

    /** Chunks that the peer has newly verified. */
    record Have(ContentId content, List<Integer> chunks) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.have(this);
        }
    }

    /**
     * A link to a neighbour could not be made or has ended.
     *
     * @param code never one that {@link RefusalCode#isTold} denies
     */
    record Lost(ContentId content, PeerId peer, RefusalCode code) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.lost(this);
        }
    }

    /**
     * Chunks that the peer would fetch from the hub.
     *
     * @param wanted those that no link is expected to bring
     * @param room how many it takes now
     */
    record Lease(ContentId content, TransferReported.Model model, Bitmap wanted, int room) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.lease(this);
        }
    }

    /**
     * How a transfer stands; byte counts are totals since it began.
     *
     * @param transfer 22 characters that the receiver made up
     * @param held bytes that the receiver had before the transfer began and that no report has counted
     * @param relayed the part of {@code fromPeers} that came over a TURN relay
     * @param firstByteMillis from the start to the first verified byte; null before there is one
     * @param served bytes that this peer has sent to others for the content since it joined
     */
    record Report(
            ContentId content,
            ResourceId resource,
            String transfer,
            TransferReported.Model model,
            TransferReported.State state,
            long size,
            long held,
            long fromHub,
            long fromPeers,
            long relayed,
            long wasted,
            long startedMillisAgo,
            @Nullable Long firstByteMillis,
            long served)
            implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.report(this);
        }
    }

    /** Answers a ping of the hub. */
    record Ping() implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.ping(this);
        }
    }

    record Bye(@Nullable String code) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.bye(this);
        }
    }

    /** The peer could not make sense of something the hub said. */
    record Problem(String code, String detail) implements FromPeer {
        @Override
        public void tell(Listener listener) {
            listener.problem(this);
        }
    }

    /** Has a method for each message, so that the compiler says when one is forgotten. */
    interface Listener {
        void hello(Hello message);

        void willing(Willing message);

        void volunteer(Volunteer message);

        void trialState(TrialState message);

        void enter(Enter message);

        void leave(Leave message);

        void signal(Signal message);

        void have(Have message);

        void lost(Lost message);

        void lease(Lease message);

        void report(Report message);

        void ping(Ping message);

        void bye(Bye message);

        void problem(Problem message);
    }
}
