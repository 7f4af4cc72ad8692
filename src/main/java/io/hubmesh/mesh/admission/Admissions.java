package io.hubmesh.mesh.admission;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.swarm.Limits;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.ticket.Revocation;
import io.hubmesh.mesh.ticket.Ticket;
import io.hubmesh.mesh.ticket.Tickets;
import io.hubmesh.mesh.wire.Bitmap;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Manifest;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Who may be in the mesh and in which swarm. Letting in and taking back exclude each other: whoever was decided about before
 * a grant went is found when it is taken back, and whoever comes after is decided about anew.
 */
@Service
public class Admissions {

    private final Turns turns;
    private final Permits permits;
    private final Blobs blobs;
    private final Registry registry;
    private final Tickets tickets;
    private final Register register;
    private final AdmissionRows rows;
    private final Clock clock;

    Admissions(
            Turns turns,
            Permits permits,
            Blobs blobs,
            Registry registry,
            Tickets tickets,
            Register register,
            AdmissionRows rows,
            Clock clock) {
        this.turns = turns;
        this.permits = permits;
        this.blobs = blobs;
        this.registry = registry;
        this.tickets = tickets;
        this.register = register;
        this.rows = rows;
        this.clock = clock;
    }

    private record Told(long epoch, String revocations) {}

    /** What a newcomer is told: its membership ticket, and what has been taken back so far. */
    public record Joined(String ticket, long epoch, String revocations) {}

    /**
     * What a peer is told that enters a swarm.
     *
     * @param size of the content in bytes
     */
    public record Entered(String ticket, long size) {}

    /**
     * Lets a peer into the mesh.
     *
     * @throws ProblemException not-found when the account is no longer welcome, too-many-requests when it has too many peers
     */
    public Joined join(Peer peer) {
        Told told = turns.take(() -> letIn(peer));
        return new Joined(ticket(peer, null, told.epoch()), told.epoch(), told.revocations());
    }

    private Told letIn(Peer peer) {
        permits.requireWelcome(peer.account());
        if (!registry.join(peer)) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "An account can have " + Limits.PEERS_PER_ACCOUNT + " tabs in the mesh. Close one.");
        }
        register.admit(new Admission(peer.account(), null, null));
        return new Told(register.epoch(), register.revocations());
    }

    /**
     * Lets a peer into a swarm, or decides again about one that is in it.
     *
     * @throws ProblemException as {@link #require}; message-invalid when the bitmap is not one for this content;
     *     too-many-requests when the peer is in too many swarms
     */
    public Entered enter(Peer peer, ResourceId resource, ContentId content, Bitmap have) {
        Manifest manifest = blobs.manifest(content);
        long epoch = turns.take(() -> letIn(peer, resource, manifest, have));
        return new Entered(ticket(peer, content, epoch), manifest.size());
    }

    private long letIn(Peer peer, ResourceId resource, Manifest manifest, Bitmap have) {
        ContentId content = manifest.contentId();
        require(peer.account(), resource, content);
        int chunks = manifest.chunkCount();
        if (!have.fits(chunks)) {
            throw new ProblemException(
                    ProblemCode.MESSAGE_INVALID, "The bitmap must have one bit for each of the " + chunks + " chunks.");
        }
        if (!registry.enter(peer.id(), content, resource, chunks, manifest.chunkSize(), have.toSet())) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "A peer can be in " + Limits.SWARMS_PER_PEER + " swarms at once, an account in "
                            + Limits.SWARMS_PER_ACCOUNT + ". Leave one.");
        }
        register.admit(new Admission(peer.account(), content, resource));
        return register.epoch();
    }

    /** Another ticket for a swarm that the peer is in; empty when it is not, or may not be any more. */
    public Optional<String> renew(Peer peer, ContentId content) {
        return turns.take(() -> registry.membership(peer.id(), content)
                        .filter(place -> allows(place.account(), place.resource(), content))
                        .map(place -> {
                            register.admit(new Admission(place.account(), content, place.resource()));
                            return register.epoch();
                        }))
                .map(epoch -> ticket(peer, content, epoch));
    }

    /**
     * Signed outside the lock, for signing takes longest. Whatever is taken back meanwhile has a higher epoch than this ticket,
     * and so ends it.
     */
    private String ticket(Peer peer, @Nullable ContentId content, long epoch) {
        return tickets.issue(new Ticket(peer.account(), peer.id(), peer.fingerprint(), content, epoch));
    }

    /**
     * Goes on only when the account may fetch and serve that content, as that file, now.
     *
     * @throws ProblemException not-found when it may not or the file holds something else, peer-delivery-off when a manager
     *     has switched it off
     */
    public void require(AccountId account, ResourceId resource, ContentId content) {
        permits.require(account, resource, content);
    }

    /** Something has changed that decisions rest on, and is committed: decides anew from now on. */
    public void decideAnew() {
        permits.forget();
    }

    /** As {@link #require}, but says so instead of throwing. */
    public boolean allows(AccountId account, ResourceId resource, ContentId content) {
        try {
            require(account, resource, content);
            return true;
        } catch (ProblemException denied) {
            return false;
        }
    }

    /** Takes back all tickets of an account, which stays welcome: its peers enter again for others. */
    public Withdrawal takeBackAll(AccountId account) {
        return turns.take(() -> {
            register.revoke(List.of(new Revocation(account, null)));
            Set<PeerId> concerned = new HashSet<>();
            for (Peer own : registry.peersOf(account)) {
                concerned.add(own.id());
                registry.memberships(own.id()).forEach(place -> concerned.addAll(registry.swarm(place.content())));
            }
            return new Withdrawal(concerned, Set.of(), register.revocations());
        });
    }

    /** Forgets what nobody can hold a ticket for any more. */
    public void forgetFaded() {
        rows.forgetFaded(clock.instant());
    }
}
