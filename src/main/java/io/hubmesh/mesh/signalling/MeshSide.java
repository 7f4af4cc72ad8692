package io.hubmesh.mesh.signalling;

import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.keeping.Keeping;
import io.hubmesh.mesh.settings.SettingsBook;
import io.hubmesh.mesh.stun.StunServer;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.ticket.Tickets;
import io.hubmesh.mesh.turn.TurnDesk;
import java.time.Clock;
import java.util.random.RandomGenerator;
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
        OpenSockets sockets,
        Introductions introductions,
        ApplicationEventPublisher events,
        Clock clock,
        RandomGenerator random) {}
