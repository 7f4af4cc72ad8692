package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.admission.Withdrawal;
import io.hubmesh.mesh.events.PeerDropped;
import io.hubmesh.mesh.events.ReportListener;
import io.hubmesh.mesh.keeping.Keeping;
import io.hubmesh.mesh.settings.SettingsBook;
import io.hubmesh.mesh.stun.StunServer;
import io.hubmesh.mesh.swarm.Network;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.ticket.Tickets;
import io.hubmesh.mesh.trial.TrialBook;
import io.hubmesh.mesh.turn.TurnDesk;
import io.hubmesh.mesh.wire.ToPeer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Where a socket comes in. */
@Component
public class Switchboard {

    private final MeshSide mesh;
    private final Herald herald;

    Switchboard(
            Admissions admissions,
            Registry registry,
            Tickets tickets,
            StunServer stun,
            SettingsBook settings,
            TurnDesk turn,
            Keeping keeping,
            TrialBook trials,
            OpenSockets sockets,
            Introductions introductions,
            Herald herald,
            ApplicationEventPublisher events,
            List<ReportListener> listeners,
            Clock clock) {
        this.herald = herald;
        SecureRandom random = new SecureRandom();
        this.mesh = new MeshSide(
                admissions,
                registry,
                tickets,
                stun,
                settings,
                turn,
                keeping,
                trials,
                sockets,
                introductions,
                events,
                listeners,
                clock,
                random);
    }

    /**
     * Puts a peer out of the mesh and takes back every ticket of its account. It stays away until somebody joins there again.
     *
     * @throws ProblemException not-found when there is no such peer
     */
    public void drop(PeerId peer) {
        Conversation conversation =
                mesh.sockets().conversationOf(peer).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        Withdrawal withdrawal = mesh.admissions().takeBackAll(conversation.account());
        mesh.sockets().close(peer, ProblemCode.FORBIDDEN.code());
        herald.announce(withdrawal);
        mesh.tell(new PeerDropped(peer, conversation.account()));
    }

    /** @return false when that peer has no socket here */
    public boolean tell(PeerId peer, ToPeer message) {
        return mesh.sockets().send(peer, message);
    }

    /**
     * A socket of that account has been opened.
     *
     * @param network from which it was opened
     * @param host by which the peer reached the hub; IPv6 in brackets, no port
     * @param stillWelcome whether what the socket rests on still stands; asked now and then, from another thread
     * @return empty when the account has too many; the line is closed then
     */
    public Optional<Connection> open(
            AccountId account, Network network, Optional<String> host, BooleanSupplier stillWelcome, Line line) {
        Connection connection = new Connection(account, network, host, stillWelcome, line, mesh);
        if (mesh.sockets().open(connection)) {
            return Optional.of(connection);
        }
        line.send(new ToPeer.Problem(
                ProblemCode.TOO_MANY_REQUESTS, ProblemCode.TOO_MANY_REQUESTS.title() + ".", null, null));
        line.close(true, ProblemCode.TOO_MANY_REQUESTS.code());
        return Optional.empty();
    }
}
