package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.events.PeerJoined;
import io.hubmesh.mesh.events.PeerLeft;
import io.hubmesh.mesh.events.SwarmEntered;
import io.hubmesh.mesh.events.SwarmRefused;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.TrialTold;
import io.hubmesh.mesh.events.UploadReported;
import io.hubmesh.mesh.swarm.LeaseAnswer;
import io.hubmesh.mesh.swarm.Membership;
import io.hubmesh.mesh.swarm.Network;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.swarm.Rewiring;
import io.hubmesh.mesh.wire.FromPeer;
import io.hubmesh.mesh.wire.ToPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a peer that has joined may do. Every method throws a {@link ProblemException} when it may not. */
final class Conversation {

    /** A ticket younger than that is sent again when the graph changes: many changes must not cost a decision each. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Peer peer;
    /** Until the peer has been told. */
    private Admissions.@Nullable Joined joined;

    private final Line line;
    private final MeshSide mesh;
    private final MessageRate enters;
    private final TurnLeave turn;
    private final MessageRate losses;
    private final Visits visits = new Visits();

    private Conversation(Peer peer, Admissions.Joined joined, Line line, MeshSide mesh) {
        this.peer = peer;
        this.joined = joined;
        this.line = line;
        this.mesh = mesh;
        this.enters = MessageRate.ofEnters(mesh.clock());
        this.turn = new TurnLeave(peer.account(), mesh.turn());
        this.losses = MessageRate.ofLosses(mesh.clock());
    }

    /** Lets the peer into the mesh. */
    static Conversation begin(
            AccountId account, Network network, FromPeer.Hello hello, Line line, MeshSide mesh, Connection connection) {
        PeerId id = Peer.newId(mesh.random());
        String run = hello.trial() == null
                ? null
                : mesh.trials().requirePart(hello.trial(), account).run();
        Peer peer =
                new Peer(id, account, hello.fingerprint(), network, mesh.clock().instant(), run);
        Admissions.Joined joined = mesh.admissions().join(peer);
        if (hello.trial() != null) {
            mesh.trials().joined(hello.trial(), id);
        }
        mesh.sockets().greeted(peer.id(), connection);
        return new Conversation(peer, joined, line, mesh);
    }

    AccountId account() {
        return peer.account();
    }

    PeerId peer() {
        return peer.id();
    }

    /** @param host by which the peer reached the hub */
    void welcome(Optional<String> host) {
        Admissions.Joined told = Objects.requireNonNull(joined, "a peer is welcomed once");
        joined = null;
        line.send(new ToPeer.Welcome(
                peer.id(),
                mesh.tickets().hub(),
                mesh.tickets().publicKey(),
                told.ticket(),
                mesh.stunAddresses(host),
                told.epoch(),
                told.revocations(),
                turn.first().orElse(null)));
        mesh.tell(new PeerJoined(peer.id(), peer.account(), peer.joinedAt()));
    }

    /** Sends another leave to use the TURN servers when it is time. */
    void renewTurn() {
        turn.due().ifPresent(line::send);
    }

    /** The peer leaves the mesh. */
    void end() {
        mesh.sockets().forget(peer.id());
        mesh.registry().leave(peer.id());
        mesh.trials().gone(peer.id());
        mesh.introductions().spread();
        mesh.tell(new PeerLeft(peer.id(), peer.account(), mesh.clock().instant()));
    }

    void willing(FromPeer.Willing offer) {
        mesh.keeping().willing(peer, offer.bytes());
    }

    void volunteer(FromPeer.Volunteer offer) {
        mesh.trials().volunteer(peer, offer.bytes());
    }

    /** Of a part that this peer has, or has just had, else nothing. */
    void trialState(FromPeer.TrialState told) {
        if (mesh.trials().isPartOf(told.trial(), peer.id())) {
            mesh.tell(new TrialTold(
                    told.trial(),
                    peer.id(),
                    told.state(),
                    told.upload(),
                    told.download(),
                    told.fromHub(),
                    told.fromPeers(),
                    told.code(),
                    mesh.clock().instant()));
        }
    }

    void enter(FromPeer.Enter wish) {
        if (!enters.allows()) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "A peer may enter " + MessageRate.ENTERS_PER_SECOND + " swarms a second.");
        }
        Admissions.Entered entered = admitted(wish);
        Instant now = mesh.clock().instant();
        visits.remember(wish.content(), new Visits.Visit(wish.resource(), entered.size(), entered.ticket(), now));
        List<PeerId> neighbours = mesh.registry().neighbours(peer.id(), wish.content());
        line.send(new ToPeer.Neighbours(wish.content(), entered.ticket(), named(neighbours), List.of()));
        mesh.tell(new SwarmEntered(peer.id(), peer.account(), wish.resource(), wish.content(), now));
        mesh.introductions().spread();
        mesh.keeping().entered(peer.id(), wish.content()).ifPresent(line::send);
    }

    /** The graph of a swarm has changed; called from any thread. Who may not be there any more hears of it otherwise. */
    void rewired(Rewiring news) {
        Instant now = mesh.clock().instant();
        visits.of(news.content())
                .filter(visit -> visit.issuedAt().plus(FRESH).isAfter(now))
                .map(Visits.Visit::ticket)
                .or(() -> mesh.admissions().renew(peer, news.content()))
                .ifPresent(ticket ->
                        line.send(new ToPeer.Neighbours(news.content(), ticket, named(news.named()), news.part())));
    }

    /** Those of them who are still there. */
    private List<ToPeer.Neighbour> named(List<PeerId> peers) {
        return peers.stream()
                .flatMap(id -> mesh.registry().peer(id).stream())
                .map(other ->
                        new ToPeer.Neighbour(other.id(), mesh.tickets().member(other.account()), other.fingerprint()))
                .toList();
    }

    /** Something that the peer was put out of may be open to it again; called from any thread. */
    void tellPermitted(Predicate<Visits.Visit> concerned) {
        visits.all().forEach((content, visit) -> {
            if (concerned.test(visit)
                    && mesh.registry().membership(peer.id(), content).isEmpty()
                    && mesh.admissions().allows(peer.account(), visit.resource(), content)
                    && visits.toBeTold(content, visit)) {
                line.send(new ToPeer.Permitted(content));
            }
        });
    }

    void leave(FromPeer.Leave wish) {
        mesh.registry().exit(peer.id(), wish.content());
        mesh.introductions().spread();
    }

    void signal(FromPeer.Signal signal) {
        permitted(signal.content());
        Post.pass(signal, peer, mesh);
    }

    void have(FromPeer.Have news) {
        Membership place = place(news.content());
        requireWithin(place, news.chunks());
        mesh.registry().have(peer.id(), news.content(), news.chunks());
        mesh.introductions().spread();
    }

    /** Whoever has just left a swarm may still lose its links: that is no problem. Who tells of too many is not heard. */
    void lost(FromPeer.Lost loss) {
        if (losses.allows()) {
            mesh.registry().lost(peer.id(), loss.content(), loss.peer(), loss.code());
            mesh.introductions().spread();
        }
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
        Visits.Visit visit = visits.of(report.content())
                .filter(known -> known.resource().equals(report.resource()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        visit.requireSense(report);
        mesh.registry().served(peer.id(), report.content(), report.served());
        Instant now = mesh.clock().instant();
        Long firstByte = report.firstByteMillis();
        mesh.report(
                new UploadReported(peer.account(), peer.fingerprint().value(), report.content(), report.served(), now),
                new TransferReported(
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

    private Admissions.Entered admitted(FromPeer.Enter wish) {
        try {
            return mesh.admissions().enter(peer, wish.resource(), wish.content(), wish.have());
        } catch (ProblemException refused) {
            visits.refused(wish.content());
            Instant now = mesh.clock().instant();
            mesh.tell(new SwarmRefused(peer.id(), peer.account(), wish.resource(), refused.code(), now));
            throw refused;
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
}
