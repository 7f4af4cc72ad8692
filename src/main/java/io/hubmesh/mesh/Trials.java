package io.hubmesh.mesh;

import io.hubmesh.delivery.Lane;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.signalling.Switchboard;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.trial.Part;
import io.hubmesh.mesh.trial.TrialBook;
import io.hubmesh.mesh.wire.ToPeer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks peers to take parts in experiments. What they answer is told by {@link io.hubmesh.mesh.events.TrialTold}. */
@Component
public class Trials {

    private final TrialBook book;
    private final Switchboard switchboard;
    private final Admissions admissions;
    private final SecureRandom random = new SecureRandom();

    Trials(TrialBook book, Switchboard switchboard, Admissions admissions) {
        this.book = book;
        this.switchboard = switchboard;
        this.admissions = admissions;
    }

    /** A peer whose person agreed to take part. */
    public record Volunteer(PeerId peer, AccountId account) {}

    /**
     * What a peer is asked for.
     *
     * @param run whose receivers meet each other and nobody else
     * @param upload most bytes a second to give
     * @param download most bytes a second to take
     * @param lane through which everything goes that the hub sends for the run
     */
    public record Request(
            String run,
            ResourceId resource,
            ContentId content,
            TrialModel model,
            long upload,
            long download,
            Lane lane) {}

    /** A peer was asked: the name of its part, and whose peer it is. */
    public record Asked(String trial, AccountId account) {}

    /** What a part gives leave to fetch from the hub. */
    public record Leave(ResourceId resource, ContentId content, Lane lane) {}

    /** Those who agreed to a test copy of that size and may fetch and serve that file now. */
    public List<Volunteer> volunteers(ResourceId resource, ContentId content, long size) {
        return book.volunteers().stream()
                .filter(one -> one.bytes() >= size && admissions.allows(one.account(), resource, content))
                .map(one -> new Volunteer(one.peer(), one.account()))
                .toList();
    }

    /**
     * Asks a peer to prepare.
     *
     * @return empty when it is not there, takes no part any more, or may not fetch and serve that file
     */
    public Optional<Asked> ask(PeerId peer, Request request) {
        TrialBook.Volunteer volunteer = book.volunteer(peer).orElse(null);
        if (volunteer == null || !admissions.allows(volunteer.account(), request.resource(), request.content())) {
            return Optional.empty();
        }
        String trial = Peer.newId(random).value();
        book.open(new Part(
                trial,
                request.run(),
                peer,
                volunteer.account(),
                request.resource(),
                request.content(),
                request.lane()));
        ToPeer message = new ToPeer.Trial(
                trial, request.resource(), request.content(), request.model(), request.upload(), request.download());
        if (switchboard.tell(peer, message)) {
            return Optional.of(new Asked(trial, volunteer.account()));
        }
        book.close(trial);
        return Optional.empty();
    }

    public void begin(String trial) {
        book.find(trial).ifPresent(part -> switchboard.tell(part.peer(), new ToPeer.TrialBegin(trial)));
    }

    public void end(String trial) {
        book.close(trial).ifPresent(part -> switchboard.tell(part.peer(), new ToPeer.TrialEnd(trial)));
    }

    /** What the part of that account gives leave to; empty when it has none of that name now. */
    public Optional<Leave> leaveOf(String trial, AccountId account) {
        return book.find(trial)
                .filter(part -> part.account().equals(account))
                .map(part -> new Leave(part.resource(), part.content(), part.lane()));
    }
}
