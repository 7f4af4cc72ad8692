package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All swarms that have members, and which of their graphs have news. Pure: told the time, and not safe for threads. */
final class Swarms {

    private final Supplier<LeasePolicy> policy;
    private final IntUnaryOperator chance;
    private final Map<ContentId, Swarm> swarms = new HashMap<>();
    private final Set<ContentId> rewired = new LinkedHashSet<>();

    Swarms(Supplier<LeasePolicy> policy, IntUnaryOperator chance) {
        this.policy = policy;
        this.chance = chance;
    }

    int size() {
        return swarms.size();
    }

    @Nullable
    Swarm of(ContentId content) {
        return swarms.get(content);
    }

    /** The file as which the peer is in that swarm; null when it is not in it. */
    @Nullable
    ResourceId place(PeerId peer, ContentId content) {
        Swarm swarm = swarms.get(content);
        return swarm == null ? null : swarm.resourceOf(peer);
    }

    /** The swarm of a content that somebody is about to enter. */
    Swarm open(ContentId content, int chunks, int chunkSize) {
        rewired.add(content);
        return swarms.computeIfAbsent(content, fresh -> {
            LeaseDesk desk = new LeaseDesk(chunks, chunkSize, policy, chance);
            return new Swarm(chunks, desk, new NeighbourGraph(chance));
        });
    }

    void exit(PeerId peer, ContentId content, long now) {
        rewired.add(content);
        swarms.computeIfPresent(content, (same, swarm) -> {
            swarm.exit(peer, now);
            return swarm.isEmpty() ? null : swarm;
        });
    }

    void have(PeerId peer, ContentId content, List<Integer> chunks, long now) {
        Swarm swarm = swarms.get(content);
        if (swarm != null) {
            swarm.have(peer, chunks, now);
            rewired.add(content);
        }
    }

    /** @return whether the neighbour is named to nobody any more in that swarm */
    boolean lost(PeerId peer, ContentId content, PeerId neighbour, RefusalCode code, long now) {
        Swarm swarm = swarms.get(content);
        if (swarm == null) {
            return false;
        }
        swarm.graph().lost(peer, neighbour, code, now);
        rewired.add(content);
        return swarm.graph().isShunned(neighbour);
    }

    /** Pairs that were lost may be neighbours again when their time is over. */
    void reopen(long now) {
        swarms.forEach((content, swarm) -> {
            swarm.graph().reopen(now);
            if (!swarm.graph().wiring().isEmpty()) {
                rewired.add(content);
            }
        });
    }

    /** What a peer has done in one swarm counts in all that it is in. */
    void shun(Attendance.Entry entry, long now) {
        for (ContentId content : entry.swarms) {
            Swarm swarm = swarms.get(content);
            if (swarm != null) {
                swarm.shun(entry.peer.id(), now);
                rewired.add(content);
            }
        }
    }

    /** What members are to be told since this was asked last. */
    List<Rewiring> takeRewirings() {
        List<Rewiring> all = new ArrayList<>();
        for (ContentId content : rewired) {
            Swarm swarm = swarms.get(content);
            if (swarm != null) {
                swarm.graph().wiring().take().forEach((peer, news) -> all.add(rewiring(peer, content, news)));
            }
        }
        rewired.clear();
        return List.copyOf(all);
    }

    private static Rewiring rewiring(PeerId peer, ContentId content, Wiring.News news) {
        return new Rewiring(peer, content, List.copyOf(news.named()), List.copyOf(news.part()));
    }
}
