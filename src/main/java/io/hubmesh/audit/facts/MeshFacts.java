package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Outcome;
import io.hubmesh.audit.Thing;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.MeshSettingsChanged;
import io.hubmesh.mesh.events.PeerDropped;
import io.hubmesh.mesh.events.PeerJoined;
import io.hubmesh.mesh.events.PeerLeft;
import io.hubmesh.mesh.events.ReportListener;
import io.hubmesh.mesh.events.SwarmEntered;
import io.hubmesh.mesh.events.SwarmRefused;
import io.hubmesh.mesh.events.TicketsWithdrawn;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.UploadReported;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who took part in the mesh, in which swarms, and what was taken back. What peers report is theirs to report, and recorded as that. */
@Component
class MeshFacts implements ReportListener {

    /** A peer that comes and goes, as laptops do, is told once in this time. */
    private static final Duration ONE_VISIT = Duration.ofMinutes(10);

    private final Journal journal;
    private final Refusals refusals;

    MeshFacts(Journal journal, Refusals refusals) {
        this.journal = journal;
        this.refusals = refusals;
    }

    @EventListener
    void on(PeerJoined joined) {
        once(member(Action.PEER_JOINED, joined.account(), peer(joined.peer()), joined.at()), "");
    }

    @EventListener
    void on(PeerLeft left) {
        once(member(Action.PEER_LEFT, left.account(), peer(left.peer()), left.at()), "");
    }

    @EventListener
    void on(PeerDropped dropped) {
        journal.now(journal.entry(Action.PEER_DROPPED, peer(dropped.peer())).saying("accountId", dropped.account()));
    }

    @EventListener
    void on(SwarmEntered entered) {
        Thing resource = Thing.resource(entered.resource(), null);
        once(
                member(Action.SWARM_ENTERED, entered.account(), resource, entered.at())
                        .saying("peer", entered.peer()),
                entered.resource().toString());
    }

    @EventListener
    void on(SwarmRefused refused) {
        Thing resource = Thing.resource(refused.resource(), null);
        refusals.add(
                member(Action.SWARM_REFUSED, refused.account(), resource, refused.at()),
                refused.code().code());
    }

    @EventListener
    void on(TicketsWithdrawn withdrawn) {
        Thing account = Thing.account(withdrawn.account());
        journal.soon(journal.entry(Action.TICKETS_WITHDRAWN, account)
                .saying("content", withdrawn.content() == null ? "all" : withdrawn.content()));
    }

    @Override
    public void reported(TransferReported report) {
        switch (report.state()) {
            case RUNNING, PAUSED -> {}
            case COMPLETED -> ended(report, Outcome.DONE);
            case CANCELLED, FAILED -> ended(report, Outcome.FAILED);
        }
    }

    /** How much somebody gives is measured, and recorded nowhere. */
    @Override
    public void reported(UploadReported report) {}

    @EventListener
    void on(MeshSettingsChanged changed) {
        journal.now(journal.entry(Action.SETTINGS_CHANGED, Thing.of(Thing.Kind.SETTINGS, "mesh"))
                .saying("turn", changed.turn().isEmpty() ? "none" : String.join(" ", changed.turn()))
                .saying("turnSecret", changed.newSecret() ? "new" : "as before")
                .saying("credentialMinutes", changed.credentialLife().toMinutes())
                .saying("leases", changed.leases())
                .saying("graceMinutes", changed.grace().toMinutes())
                .saying("secondStun", changed.secondStun()));
    }

    private void ended(TransferReported report, Outcome outcome) {
        ResourceId resource = report.resource();
        Entry entry = member(Action.TRANSFER_ENDED, report.account(), Thing.resource(resource, null), report.at())
                .with(outcome)
                .saying("state", report.state().name())
                .saying("fromHub", report.fromHub())
                .saying("fromPeers", report.fromPeers())
                .saying("size", report.size());
        once(entry, report.transfer() + report.state());
    }

    private void once(Entry entry, String what) {
        Repeats.Kind kind =
                new Repeats.Kind(entry.action(), String.valueOf(entry.actor().account()), null, what);
        journal.soonOnce(kind, ONE_VISIT, entry, entry.action(), 0);
    }

    private static Entry member(Action action, AccountId account, Thing thing, Instant at) {
        return Entry.done(at, Actor.of(account), action, thing);
    }

    private static Thing peer(PeerId peer) {
        return new Thing(Thing.Kind.PEER, peer.value(), null);
    }
}
