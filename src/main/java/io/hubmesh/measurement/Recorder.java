package io.hubmesh.measurement;

import io.hubmesh.delivery.events.DeliveryListener;
import io.hubmesh.delivery.events.HubDelivered;
import io.hubmesh.delivery.events.HubSent;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.mesh.Mesh;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.events.PeerJoined;
import io.hubmesh.mesh.events.PeerLeft;
import io.hubmesh.mesh.events.ReportListener;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.UploadReported;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears what the other rooms tell. */
@Component
class Recorder implements DeliveryListener, ReportListener {

    private final Ledger ledger;
    private final Library library;
    private final Mesh mesh;

    Recorder(Ledger ledger, Library library, Mesh mesh) {
        this.ledger = ledger;
        this.library = library;
        this.mesh = mesh;
    }

    @Override
    public void delivered(HubDelivered delivered) {
        ledger.delivered(delivered);
    }

    @Override
    public void sent(HubSent sent) {
        ledger.sent(sent, name(sent.resource(), sent.content()));
    }

    @EventListener
    void on(LeaseServed served) {
        ledger.served(served);
    }

    @Override
    public void reported(TransferReported report) {
        if (!ledger.heard(report)) {
            ledger.reported(report, name(report.resource(), report.content()));
        }
    }

    @Override
    public void reported(UploadReported report) {
        ledger.gave(report);
    }

    /** One that stays for less than a second is counted too. */
    @EventListener
    void on(PeerJoined joined) {
        ledger.mesh(mesh.size(), mesh.lostLinksInAll());
    }

    @EventListener
    void on(PeerLeft left) {
        ledger.left(left.peer());
    }

    /** The resource's name as it is now, to be told when it is gone one day. */
    private String name(ResourceId resource, ContentId content) {
        return library.nameOf(resource, content).orElse("");
    }
}
