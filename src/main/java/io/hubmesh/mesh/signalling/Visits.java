package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.wire.FromPeer;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which contents a peer has entered and may report on, also after it has left their swarms. Safe for threads. */
final class Visits {

    /** Four times as many as it may be in at once; the oldest go first. */
    private static final int MOST = 256;

    /**
     * A content that the peer has been let in to.
     *
     * @param size of the content in bytes
     * @param ticket the one it was given last, and when
     */
    record Visit(ResourceId resource, long size, String ticket, Instant issuedAt) {

        /** @throws ProblemException message-invalid when the report tells of more bytes than there are */
        void requireSense(FromPeer.Report report) {
            if (report.size() != size
                    || report.held() + report.fromHub() + report.fromPeers() > size
                    || report.relayed() > report.fromPeers()) {
                throw new ProblemException(
                        ProblemCode.MESSAGE_INVALID, "A report's bytes must add up to the size at most.");
            }
        }
    }

    private final Map<ContentId, Visit> visits = new LinkedHashMap<>();
    private final Set<ContentId> told = new HashSet<>();

    synchronized void remember(ContentId content, Visit visit) {
        visits.remove(content);
        visits.put(content, visit);
        told.remove(content);
        if (visits.size() > MOST) {
            ContentId oldest = visits.keySet().iterator().next();
            visits.remove(oldest);
            told.remove(oldest);
        }
    }

    /** The peer has asked and was not let in: when that changes it is to hear of it. */
    synchronized void refused(ContentId content) {
        told.remove(content);
    }

    /**
     * Whether the peer does not yet know that it may come back: two reviews in a row tell it once, and one that was still under way while the peer
     * came back does not tell it any more.
     *
     * @param seen before it was found that the peer is not there; it is another one when the peer has been let in since
     */
    synchronized boolean toBeTold(ContentId content, Visit seen) {
        return seen.equals(visits.get(content)) && told.add(content);
    }

    synchronized Map<ContentId, Visit> all() {
        return Map.copyOf(visits);
    }

    synchronized Optional<Visit> of(ContentId content) {
        return Optional.ofNullable(visits.get(content));
    }
}
