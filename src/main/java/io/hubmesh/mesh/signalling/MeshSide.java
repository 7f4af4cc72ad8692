package io.hubmesh.mesh.signalling;

import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.events.ReportListener;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.UploadReported;
import io.hubmesh.mesh.keeping.Keeping;
import io.hubmesh.mesh.settings.SettingsBook;
import io.hubmesh.mesh.stun.StunServer;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.ticket.Tickets;
import io.hubmesh.mesh.trial.TrialBook;
import io.hubmesh.mesh.turn.TurnDesk;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/** What every conversation with a peer rests on. */
record MeshSide(
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
        ApplicationEventPublisher events,
        List<ReportListener> listeners,
        Clock clock,
        RandomGenerator random) {

    private static final Logger LOG = LoggerFactory.getLogger(MeshSide.class);

    /**
     * Where a peer may ask for its own address.
     *
     * @param host by which the peer reached the hub
     */
    List<String> stunAddresses(Optional<String> host) {
        Stream<String> second = Stream.ofNullable(settings.now().secondStun());
        return Stream.concat(stun.addresses(host).stream(), second).toList();
    }

    /** Tells the other rooms a fact. Whoever hears it cannot harm the conversation. */
    void tell(Object fact) {
        harmless(() -> events.publishEvent(fact));
    }

    /** Tells the other rooms what a peer has reported. Whoever hears it harms neither the conversation nor the others that hear it. */
    void report(UploadReported upload, TransferReported transfer) {
        for (ReportListener listener : listeners) {
            harmless(() -> listener.reported(upload));
            harmless(() -> listener.reported(transfer));
        }
    }

    private static void harmless(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException failed) {
            LOG.error("A fact of the mesh could not be taken up", failed);
        }
    }
}
