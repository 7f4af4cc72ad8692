package io.hubmesh.mesh.admission;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.swarm.Membership;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.ticket.Revocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Decides again about what was admitted, and takes back what is denied now. In slices: whoever joins or enters meanwhile waits for one of them
 * at most, and hears of what each has taken back without waiting for the next.
 */
@Component
public class Review {

    /** Tickets decided about in one turn; each asks the tables about once, a millisecond or two. */
    static final int SLICE = 16;

    private final Turns turns;
    private final Permits permits;
    private final Registry registry;
    private final Register register;

    Review(Turns turns, Permits permits, Registry registry, Register register) {
        this.turns = turns;
        this.permits = permits;
        this.registry = registry;
        this.register = register;
    }

    /** Everything that was admitted and is {@code concerned}, online or not. */
    public void of(Predicate<Admission> concerned, Consumer<Withdrawal> told) {
        decideAnew();
        decide(Stream.concat(register.standing(), online()).filter(concerned), told);
    }

    /** Everybody who is online. */
    public void ofThoseOnline(Consumer<Withdrawal> told) {
        decideAnew();
        decide(online(), told);
    }

    /** In a turn: whoever was let in by an older decision can be seen afterwards, and whoever comes later is decided about anew. */
    private void decideAnew() {
        turns.take(() -> {
            permits.forget();
            return true;
        });
    }

    private Stream<Admission> online() {
        return registry.peers().stream()
                .flatMap(peer -> Stream.concat(
                        Stream.of(new Admission(peer.account(), null, null)),
                        registry.memberships(peer.id()).stream().map(Review::admission)));
    }

    private void decide(Stream<Admission> admissions, Consumer<Withdrawal> told) {
        Map<Revocation, Set<Admission>> tickets = admissions.collect(Collectors.groupingBy(
                each -> new Revocation(each.account(), each.content()), LinkedHashMap::new, Collectors.toSet()));
        List<Map.Entry<Revocation, Set<Admission>>> all = new ArrayList<>(tickets.entrySet());
        for (int from = 0; from < all.size(); from += SLICE) {
            List<Map.Entry<Revocation, Set<Admission>>> slice = all.subList(from, Math.min(all.size(), from + SLICE));
            turns.take(() -> withdraw(slice)).ifPresent(told);
        }
    }

    private Optional<Withdrawal> withdraw(List<Map.Entry<Revocation, Set<Admission>>> slice) {
        List<Revocation> gone = slice.stream()
                .filter(ticket -> !mayStand(ticket.getKey(), ticket.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (gone.isEmpty()) {
            return Optional.empty();
        }
        register.revoke(gone);
        Set<PeerId> concerned = new HashSet<>();
        Set<AccountId> expelled = new HashSet<>();
        gone.forEach(revocation -> expel(revocation, concerned, expelled));
        return Optional.of(new Withdrawal(concerned, expelled, register.revocations()));
    }

    /** A ticket names no file: it stands while any of those as which its content was entered allows it, then or meanwhile. */
    private boolean mayStand(Revocation ticket, Set<Admission> known) {
        return known.stream().anyMatch(this::stillAllows)
                || current(ticket).anyMatch(admission -> !known.contains(admission) && stillAllows(admission));
    }

    private Stream<Admission> current(Revocation ticket) {
        return ticket.content() == null
                ? Stream.empty()
                : registry.peersOf(ticket.account()).stream()
                        .flatMap(peer -> registry.membership(peer.id(), ticket.content()).stream())
                        .map(Review::admission);
    }

    private boolean stillAllows(Admission admission) {
        try {
            if (admission.content() == null || admission.resource() == null) {
                permits.requireWelcome(admission.account());
            } else {
                permits.require(admission.account(), admission.resource(), admission.content());
            }
            return true;
        } catch (ProblemException denied) {
            return false;
        }
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

    private static Admission admission(Membership membership) {
        return new Admission(membership.account(), membership.content(), membership.resource());
    }
}
