package io.hubmesh.mesh.wire;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.TrialModel;
import io.hubmesh.mesh.ticket.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the hub says to a peer. */
public sealed interface ToPeer {

    /**
     * Answers {@code hello}.
     *
     * @param key the hub's Ed25519 public key as a JWK (RFC 8037)
     * @param ticket the membership ticket
     * @param stun {@code stun:host:port}, may be empty
     * @param turn null where there is no TURN server
     */
    record Welcome(
            PeerId peer,
            UUID hub,
            Map<String, String> key,
            String ticket,
            List<String> stun,
            long epoch,
            String revocations,
            @Nullable Turn turn)
            implements ToPeer {}

    /**
     * Leave to use the TURN servers, instead of the one before.
     *
     * @param urls 1 to 4 of {@code turn:} or {@code turns:} (RFC 7065)
     * @param expires seconds since 1970
     */
    record Turn(List<String> urls, String username, String credential, long expires) implements ToPeer {
        /** Never shows the credential. */
        @Override
        public String toString() {
            return "Turn[" + username + "]";
        }
    }

    /**
     * Answers {@code enter}, and comes unasked when the graph changes: the peer's ticket for the content.
     *
     * @param peers whom to connect to
     * @param part whose links are to end
     */
    record Neighbours(ContentId content, String ticket, List<Neighbour> peers, List<PeerId> part) implements ToPeer {}

    /**
     * A peer to connect to, and whose certificate of whom a link has that is there already: peers that have lost the hub come back under other
     * ids. A fingerprint alone is anybody's claim.
     *
     * @param member opaque name of the member, as in its tickets
     */
    record Neighbour(PeerId peer, String member, Fingerprint fingerprint) {}

    /** Something from another peer of the swarm, in its own words. */
    record Signal(PeerId from, Passage passage) implements ToPeer {}

    /**
     * Answers {@code lease}.
     *
     * @param lease null when nothing was granted
     * @param retryAfterMillis when to ask again; null when something was granted
     */
    record Leased(
            ContentId content,
            @Nullable String lease,
            List<Integer> chunks,
            @Nullable Long retryAfterMillis) implements ToPeer {}

    /** A content that the peer was put out of may be entered again. */
    record Permitted(ContentId content) implements ToPeer {}

    /** Please fetch this and keep it available for others. */
    record Keep(ResourceId resource, ContentId content, String name) implements ToPeer {}

    /** Need not be kept any more. */
    record Unkeep(ContentId content) implements ToPeer {}

    /**
     * Please prepare for a part in an experiment: everything that is held for it is new, and is thrown away at its end.
     *
     * @param trial 22 characters, for this peer and this run alone
     * @param upload most bytes a second to give
     * @param download most bytes a second to take
     */
    record Trial(String trial, ResourceId resource, ContentId content, TrialModel model, long upload, long download)
            implements ToPeer {}

    /** Everybody is ready: begin. */
    record TrialBegin(String trial) implements ToPeer {}

    /** It is over: throw everything away. */
    record TrialEnd(String trial) implements ToPeer {}

    /** A signed list of what was taken back. */
    record Revoked(String list) implements ToPeer {}

    /** Wants a ping back. */
    record Ping() implements ToPeer {}

    /** The hub is about to close the socket. */
    record Bye(String code) implements ToPeer {}

    /** Something the peer asked for cannot be. */
    record Problem(
            ProblemCode code,
            String detail,
            @Nullable ContentId content,
            @Nullable String link) implements ToPeer {}
}
