package io.hubmesh.mesh.keeping;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.keeping.KeepPlan.Candidate;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.swarm.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every peer that gives disk on request, and what it was asked for. Not safe for threads. */
final class Givers {

    /** A peer that was asked has this long to enter the swarm: the manifest and a look at its store. */
    static final Duration TO_BEGIN = Duration.ofSeconds(60);

    /** A person who has let a file go, or a full disk, is left in peace for this long. */
    static final Duration DECLINED = Duration.ofMinutes(10);

    private final Registry registry;
    private final Map<PeerId, Giver> givers = new LinkedHashMap<>();

    Givers(Registry registry) {
        this.registry = registry;
    }

    @Nullable
    Giver find(PeerId peer) {
        return givers.get(peer);
    }

    void willing(Peer peer, long bytes) {
        givers.computeIfAbsent(peer.id(), id -> new Giver(id, peer.account())).free = bytes;
    }

    /** Forgets who has left the mesh or the swarm, and notes who did not begin in time. */
    void lookAround(Instant now) {
        Set<PeerId> present = registry.peers().stream().map(Peer::id).collect(Collectors.toSet());
        givers.keySet().retainAll(present);
        for (Giver giver : givers.values()) {
            giver.declined.values().removeIf(until -> !until.isAfter(now));
            Map.copyOf(giver.asked).forEach((content, at) -> lookAt(giver, content, at, now));
        }
    }

    private void lookAt(Giver giver, ContentId content, Instant askedAt, Instant now) {
        if (registry.membership(giver.peer, content).isPresent()) {
            giver.begun.add(content);
        } else if (giver.begun.remove(content)) {
            giver.asked.remove(content);
        } else if (!askedAt.plus(TO_BEGIN).isAfter(now)) {
            giver.asked.remove(content);
            giver.declined.put(content, now.plus(DECLINED));
        }
    }

    /** Who counts as a copy: whoever holds all of it and was not let go, and whoever was asked for it. */
    List<Candidate> copies(ContentId content) {
        List<Candidate> copies = new ArrayList<>();
        Set<PeerId> counted = new HashSet<>();
        for (PeerId peer : registry.holdersOfAll(content)) {
            Giver giver = givers.get(peer);
            if (giver == null || !giver.released.contains(content)) {
                registry.membership(peer, content)
                        .ifPresent(place -> copies.add(new Candidate(peer, place.account(), 0)));
                counted.add(peer);
            }
        }
        for (Giver giver : givers.values()) {
            if (giver.asked.containsKey(content) && !counted.contains(giver.peer)) {
                copies.add(new Candidate(giver.peer, giver.account, 0));
            }
        }
        return copies;
    }

    /** Who could be asked: has room, does not count yet, and has not just declined. */
    List<Candidate> candidates(ContentId content, long size) {
        Set<PeerId> counted = copies(content).stream().map(Candidate::peer).collect(Collectors.toSet());
        return givers.values().stream()
                .filter(giver -> giver.free >= size && !counted.contains(giver.peer))
                .filter(giver -> !giver.declined.containsKey(content))
                .map(giver -> new Candidate(giver.peer, giver.account, giver.free))
                .toList();
    }

    /** Who may have been asked, now or before the hub last started, and was not let go. */
    List<Candidate> releasable(ContentId content) {
        Set<PeerId> whole = new HashSet<>(registry.holdersOfAll(content));
        return givers.values().stream()
                .filter(giver -> !giver.released.contains(content))
                .filter(giver -> giver.asked.containsKey(content) || whole.contains(giver.peer))
                .map(giver -> new Candidate(giver.peer, giver.account, 0))
                .toList();
    }

    /** Who was asked and is not in the swarm now. */
    List<Candidate> absent(ContentId content) {
        return givers.values().stream()
                .filter(giver -> giver.asked.containsKey(content)
                        && registry.membership(giver.peer, content).isEmpty())
                .map(giver -> new Candidate(giver.peer, giver.account, 0))
                .toList();
    }

    void ask(PeerId peer, ContentId content, long size, Instant now) {
        Giver giver = givers.get(peer);
        if (giver != null) {
            giver.asked.put(content, now);
            giver.begun.remove(content);
            giver.released.remove(content);
            giver.free -= size;
        }
    }

    void release(PeerId peer, ContentId content) {
        Giver giver = givers.get(peer);
        if (giver != null) {
            giver.asked.remove(content);
            giver.begun.remove(content);
            giver.released.add(content);
        }
    }
}
