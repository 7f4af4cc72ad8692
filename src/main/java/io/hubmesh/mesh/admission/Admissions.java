package io.hubmesh.mesh.admission;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.mesh.swarm.Limits;
import io.hubmesh.mesh.swarm.Membership;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.ticket.Revocation;
import io.hubmesh.mesh.ticket.Ticket;
import io.hubmesh.mesh.ticket.Tickets;
import io.hubmesh.mesh.wire.Bitmap;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Manifest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Who may be in the mesh and in which swarm. Letting in and taking back exclude each other: whoever was decided about before
 * a grant went is found when it is taken back, and whoever comes after is decided about anew.
 */
@Service
public class Admissions {

    /** More would not fit a message; then members are named without their contents, and get new tickets on entering. */
    private static final int MOST_ENTRIES = 300;

    private final Library library;
    private final Accounts accounts;
    private final Blobs blobs;
    private final Registry registry;
    private final Tickets tickets;
    private final AdmissionRows rows;
    private final Clock clock;

    /** Not a monitor: the database is asked under it, and a virtual thread that waits in a monitor keeps its carrier. */
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Admissions(
            Library library,
            Accounts accounts,
            Blobs blobs,
            Registry registry,
            Tickets tickets,
            AdmissionRows rows,
            Clock clock) {
        this.library = library;
        this.accounts = accounts;
        this.blobs = blobs;
        this.registry = registry;
        this.tickets = tickets;
        this.rows = rows;
        this.clock = clock;
    }

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
        return alone(() -> letIn(peer));
    }

    private Joined letIn(Peer peer) {
        subject(peer.account());
        if (!registry.join(peer)) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "An account can have " + Limits.PEERS_PER_ACCOUNT + " tabs in the mesh. Close one.");
        }
        rows.admit(new Admission(peer.account(), null, null), tickets.fadesAt(clock.instant()));
        long epoch = rows.epoch();
        String ticket = tickets.issue(new Ticket(peer.account(), peer.id(), peer.fingerprint(), null, epoch));
        return new Joined(ticket, epoch, revocations(epoch));
    }

    /**
     * Lets a peer into a swarm, or decides again about one that is in it.
     *
     * @throws ProblemException as {@link #require}; message-invalid when the bitmap is not one for this content;
     *     too-many-requests when the peer is in too many swarms
     */
    public Entered enter(Peer peer, ResourceId resource, ContentId content, Bitmap have) {
        Manifest manifest = blobs.manifest(content);
        return alone(() -> letIn(peer, resource, manifest, have));
    }

    private Entered letIn(Peer peer, ResourceId resource, Manifest manifest, Bitmap have) {
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
                    "A peer can be in " + Limits.SWARMS_PER_PEER + " swarms at once. Leave one.");
        }
        rows.admit(new Admission(peer.account(), content, resource), tickets.fadesAt(clock.instant()));
        Ticket ticket = new Ticket(peer.account(), peer.id(), peer.fingerprint(), content, rows.epoch());
        return new Entered(tickets.issue(ticket), manifest.size());
    }

    /**
     * Goes on only when the account may fetch and serve that content, as that file, now.
     *
     * @throws ProblemException not-found when it may not or the file holds something else, peer-delivery-off when a manager
     *     has switched it off
     */
    public void require(AccountId account, ResourceId resource, ContentId content) {
        Resource found = library.require(subject(account), resource, Level.READ);
        Resource.FileVersion file = found.file();
        if (file == null || !file.contentId().equals(content)) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        if (!found.peerDelivery()) {
            throw new ProblemException(ProblemCode.PEER_DELIVERY_OFF);
        }
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

    /** Decides again about everything that was admitted and is {@code concerned}, online or not. */
    public Optional<Withdrawal> review(Predicate<Admission> concerned) {
        return alone(() -> {
            Stream<Admission> standing = rows.standing(clock.instant()).stream();
            return withdraw(Stream.concat(standing, online()).filter(concerned));
        });
    }

    /** Decides again about everybody who is online. */
    public Optional<Withdrawal> reviewOnline() {
        return alone(() -> withdraw(online()));
    }

    /** Forgets what nobody can hold a ticket for any more. */
    public void forgetFaded() {
        rows.forgetFaded(clock.instant());
    }

    private <T> T alone(Supplier<T> task) {
        oneAtATime.lock();
        try {
            return task.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    private Stream<Admission> online() {
        Stream<Admission> peers = registry.peers().stream().map(peer -> new Admission(peer.account(), null, null));
        Stream<Admission> places = registry.memberships().stream().map(Admissions::admission);
        return Stream.concat(peers, places);
    }

    private Optional<Withdrawal> withdraw(Stream<Admission> admissions) {
        Map<Revocation, Boolean> welcome = new HashMap<>();
        admissions.distinct().forEach(admission -> {
            Revocation scope = new Revocation(admission.account(), admission.content());
            welcome.put(scope, welcome.getOrDefault(scope, false) || stillAllows(admission));
        });
        List<Revocation> gone = welcome.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (gone.isEmpty()) {
            return Optional.empty();
        }
        Instant fadesAt = tickets.fadesAt(clock.instant());
        rows.revoke(gone, fadesAt);
        Set<PeerId> concerned = new HashSet<>();
        Set<AccountId> expelled = new HashSet<>();
        gone.forEach(revocation -> expel(revocation, concerned, expelled));
        return Optional.of(new Withdrawal(concerned, expelled, revocations(rows.epoch())));
    }

    private void expel(Revocation revocation, Set<PeerId> concerned, Set<AccountId> expelled) {
        List<Peer> own = registry.peersOf(revocation.account());
        if (revocation.content() == null) {
            own.forEach(peer -> concerned.add(peer.id()));
            expelled.add(revocation.account());
            return;
        }
        concerned.addAll(registry.swarm(revocation.content()));
        own.forEach(peer -> registry.exit(peer.id(), revocation.content()));
    }

    private boolean stillAllows(Admission admission) {
        if (admission.content() == null || admission.resource() == null) {
            return accounts.find(admission.account()).filter(Account::enabled).isPresent();
        }
        return allows(admission.account(), admission.resource(), admission.content());
    }

    private Subject subject(AccountId id) {
        Account account = accounts.find(id)
                .filter(Account::enabled)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        return new Subject(account.id(), account.name(), account.role());
    }

    private String revocations(long epoch) {
        List<Revocation> revoked = rows.revoked(clock.instant());
        if (revoked.size() > MOST_ENTRIES) {
            revoked = revoked.stream()
                    .map(revocation -> new Revocation(revocation.account(), null))
                    .distinct()
                    .toList();
        }
        return tickets.revocations(epoch, revoked);
    }

    private static Admission admission(Membership membership) {
        return new Admission(membership.account(), membership.content(), membership.resource());
    }
}
