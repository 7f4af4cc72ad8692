package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.events.PeerJoined;
import io.hubmesh.mesh.events.PeerLeft;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.swarm.LeaseAnswer;
import io.hubmesh.mesh.swarm.Membership;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.ticket.Fingerprint;
import io.hubmesh.mesh.ticket.SessionDescription;
import io.hubmesh.mesh.wire.FromPeer;
import io.hubmesh.mesh.wire.SignalBody;
import io.hubmesh.mesh.wire.ToPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a peer that has joined may do. Every method throws a {@link ProblemException} when it may not. */
final class Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private static final int PEER_ID_BYTES = 16;

    /** Contents that a peer has entered and may report on, also after it has left their swarms. */
    private static final int MOST_VISITS = 256;

    private record Visit(ResourceId resource, long size) {}

    private final Peer peer;
    private final Admissions.Joined joined;
    private final Line line;
    private final MeshSide mesh;
    private final MessageRate enters;
    private final TurnLeave turn;
    private final Map<ContentId, Visit> visits = new LinkedHashMap<>();

    private Conversation(Peer peer, Admissions.Joined joined, Line line, MeshSide mesh) {
        this.peer = peer;
        this.joined = joined;
        this.line = line;
        this.mesh = mesh;
        this.enters = MessageRate.ofEnters(mesh.clock());
        this.turn = new TurnLeave(peer.account(), mesh.turn());
    }

    /** Lets the peer into the mesh. */
    static Conversation begin(
            AccountId account, Fingerprint fingerprint, Line line, MeshSide mesh, Connection connection) {
        Peer peer = new Peer(
                newPeerId(mesh.random()), account, fingerprint, mesh.clock().instant());
        Admissions.Joined joined = mesh.admissions().join(peer);
        mesh.sockets().greeted(peer.id(), connection);
        return new Conversation(peer, joined, line, mesh);
    }

    PeerId peer() {
        return peer.id();
    }

    /** @param host by which the peer reached the hub */
    void welcome(Optional<String> host) {
        line.send(new ToPeer.Welcome(
                peer.id(),
                mesh.tickets().hub(),
                mesh.tickets().publicKey(),
                joined.ticket(),
                stunAddresses(host),
                joined.epoch(),
                joined.revocations(),
                turn.first().orElse(null)));
        tell(new PeerJoined(peer.id(), peer.account(), peer.joinedAt()));
    }

    /** Sends another leave to use the TURN servers when it is time. */
    void renewTurn() {
        turn.due().ifPresent(line::send);
    }

    private List<String> stunAddresses(Optional<String> host) {
        Stream<String> second = Stream.ofNullable(mesh.settings().now().secondStun());
        return Stream.concat(mesh.stun().addresses(host).stream(), second).toList();
    }

    /** The peer leaves the mesh. */
    void end() {
        mesh.sockets().forget(peer.id());
        mesh.registry().leave(peer.id());
        tell(new PeerLeft(peer.id(), peer.account(), mesh.clock().instant()));
    }

    void enter(FromPeer.Enter wish) {
        if (!enters.allows()) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "A peer may enter " + MessageRate.ENTERS_PER_SECOND + " swarms a second.");
        }
        Admissions.Entered entered = mesh.admissions().enter(peer, wish.resource(), wish.content(), wish.have());
        remember(wish.content(), new Visit(wish.resource(), entered.size()));
        List<PeerId> neighbours = mesh.registry().neighbours(peer.id(), wish.content());
        line.send(new ToPeer.Neighbours(wish.content(), entered.ticket(), neighbours, List.of()));
    }

    void leave(FromPeer.Leave wish) {
        mesh.registry().exit(peer.id(), wish.content());
    }

    void signal(FromPeer.Signal signal) {
        permitted(signal.content());
        Membership other = mesh.registry()
                .membership(signal.to(), signal.content())
                .filter(place -> !place.peer().equals(peer.id()))
                .filter(place -> mesh.admissions().allows(place.account(), place.resource(), place.content()))
                .orElseThrow(() -> new ProblemException(ProblemCode.PEER_UNKNOWN));
        if (signal.body() instanceof SignalBody.Description description) {
            check(description, signal.content());
        }
        ToPeer passedOn = new ToPeer.Signal(peer.id(), signal.content(), signal.link(), signal.body());
        if (!mesh.sockets().send(other.peer(), passedOn)) {
            throw new ProblemException(ProblemCode.PEER_UNKNOWN);
        }
    }

    void have(FromPeer.Have news) {
        Membership place = place(news.content());
        requireWithin(place, news.chunks());
        mesh.registry().have(peer.id(), news.content(), news.chunks());
    }

    /** Whoever has just left a swarm may still lose its links: that is no problem. */
    void lost(FromPeer.Lost loss) {
        mesh.registry().lost(peer.id(), loss.content(), loss.peer(), loss.code());
    }

    void lease(FromPeer.Lease wish) {
        Membership place = permitted(wish.content());
        if (!wish.wanted().fits(place.chunks())) {
            throw new ProblemException(ProblemCode.MESSAGE_INVALID, "The content has " + place.chunks() + " chunks.");
        }
        LeaseAnswer answer = mesh.registry()
                .lease(peer.id(), wish.content(), wish.model(), wish.wanted().toSet(), wish.room());
        if (answer instanceof LeaseAnswer.Granted granted) {
            line.send(new ToPeer.Leased(
                    wish.content(), granted.lease().id(), granted.lease().chunks(), null));
        } else if (answer instanceof LeaseAnswer.NotNow notNow) {
            line.send(new ToPeer.Leased(
                    wish.content(), null, List.of(), notNow.retryAfter().toMillis()));
        }
    }

    void report(FromPeer.Report report) {
        Visit visit = visits.get(report.content());
        if (visit == null || !visit.resource().equals(report.resource())) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        if (report.size() != visit.size()
                || report.held() + report.fromHub() + report.fromPeers() > visit.size()
                || report.relayed() > report.fromPeers()) {
            throw new ProblemException(
                    ProblemCode.MESSAGE_INVALID, "A report's bytes must add up to the size at most.");
        }
        mesh.registry().served(peer.id(), report.content(), report.served());
        Instant now = mesh.clock().instant();
        Long firstByte = report.firstByteMillis();
        tell(new TransferReported(
                peer.account(),
                peer.id(),
                report.resource(),
                report.content(),
                report.transfer(),
                report.model(),
                report.state(),
                visit.size(),
                report.held(),
                report.fromHub(),
                report.fromPeers(),
                report.relayed(),
                report.wasted(),
                now.minusMillis(report.startedMillisAgo()),
                firstByte == null ? null : Duration.ofMillis(firstByte),
                now));
    }

    /** Whoever hears a fact cannot harm the conversation. */
    private void tell(Object fact) {
        try {
            mesh.events().publishEvent(fact);
        } catch (RuntimeException failed) {
            LOG.error("A fact of the mesh could not be taken up", failed);
        }
    }

    /** The hub looks into a description so that no peer can be made to talk to somebody else than the ticket names. */
    private void check(SignalBody.Description description, ContentId content) {
        if (!mesh.tickets().vouches(description.ticket(), peer.id(), peer.fingerprint(), content)) {
            throw new ProblemException(ProblemCode.TICKET_INVALID);
        }
        Optional<Fingerprint> named = SessionDescription.onlyFingerprint(description.sdp());
        if (!named.equals(Optional.of(peer.fingerprint()))) {
            throw new ProblemException(ProblemCode.FINGERPRINT_MISMATCH);
        }
    }

    private Membership place(ContentId content) {
        return mesh.registry()
                .membership(peer.id(), content)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    private Membership permitted(ContentId content) {
        Membership place = place(content);
        mesh.admissions().require(place.account(), place.resource(), content);
        return place;
    }

    private static void requireWithin(Membership place, List<Integer> chunks) {
        if (chunks.stream().anyMatch(chunk -> chunk >= place.chunks())) {
            throw new ProblemException(
                    ProblemCode.MESSAGE_INVALID, "The content has only " + place.chunks() + " chunks.");
        }
    }

    private void remember(ContentId content, Visit visit) {
        visits.remove(content);
        visits.put(content, visit);
        if (visits.size() > MOST_VISITS) {
            visits.remove(visits.keySet().iterator().next());
        }
    }

    private static PeerId newPeerId(RandomGenerator random) {
        byte[] bytes = new byte[PEER_ID_BYTES];
        random.nextBytes(bytes);
        return new PeerId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
