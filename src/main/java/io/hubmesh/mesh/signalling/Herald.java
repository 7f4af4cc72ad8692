package io.hubmesh.mesh.signalling;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.admission.Withdrawal;
import io.hubmesh.mesh.wire.ToPeer;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Tells the peers concerned what was taken back, and shows out who may not stay. */
@Component
class Herald {

    private final OpenSockets sockets;
    private final Introductions introductions;

    Herald(OpenSockets sockets, Introductions introductions) {
        this.sockets = sockets;
        this.introductions = introductions;
    }

    void showOut(AccountId account) {
        sockets.of(account).forEach(connection -> connection.close(ProblemCode.SIGN_IN_REQUIRED.code()));
    }

    /** Ends what rests on a session or token that has ended. */
    void lookAgain(AccountId account) {
        sockets.of(account).forEach(Connection::closeIfUnwelcome);
    }

    /** The account may read something again. */
    void tellPermitted(AccountId account) {
        sockets.of(account).forEach(connection -> tellPermitted(connection, visit -> true));
    }

    /** Anything may be open again to anybody. */
    void tellPermitted() {
        sockets.all().forEach(connection -> tellPermitted(connection, visit -> true));
    }

    /** A file may be delivered by peers again. */
    void tellPermitted(ResourceId resource) {
        sockets.all()
                .forEach(connection ->
                        tellPermitted(connection, visit -> visit.resource().equals(resource)));
    }

    private static void tellPermitted(Connection connection, Predicate<Visits.Visit> concerned) {
        Conversation conversation = connection.conversation();
        if (conversation != null) {
            conversation.tellPermitted(concerned);
        }
    }

    /** What was taken back, by those who have to know it. */
    void announce(Withdrawal withdrawal) {
        ToPeer revoked = new ToPeer.Revoked(withdrawal.list());
        withdrawal.concerned().forEach(peer -> sockets.send(peer, revoked));
        withdrawal.expelled().forEach(this::showOut);
        introductions.spread();
    }
}
