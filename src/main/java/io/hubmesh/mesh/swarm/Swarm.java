package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The peers that hold or want one content. Pure, and not safe for threads. */
final class Swarm {

    private final int chunks;
    private final Map<PeerId, Place> places = new LinkedHashMap<>();

    /** How many members hold each chunk. */
    private final int[] copies;

    Swarm(int chunks) {
        this.chunks = chunks;
        this.copies = new int[chunks];
    }

    int chunks() {
        return chunks;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    List<PeerId> peers() {
        return List.copyOf(places.keySet());
    }

    @Nullable
    Place place(PeerId peer) {
        return places.get(peer);
    }

    void enter(PeerId peer, ResourceId resource, BitSet have) {
        Place place = places.computeIfAbsent(peer, fresh -> new Place(resource, new BitSet()));
        place.enterAs(resource);
        have.stream().filter(chunk -> chunk < chunks).forEach(chunk -> add(place, chunk));
    }

    void exit(PeerId peer) {
        Place place = places.remove(peer);
        if (place != null) {
            place.held().stream().forEach(chunk -> copies[chunk]--);
        }
    }

    void add(Place place, int chunk) {
        if (chunk >= 0 && chunk < chunks && place.add(chunk)) {
            copies[chunk]++;
        }
    }

    boolean isHeldByAnother(Place asker, int chunk) {
        return copies[chunk] > (asker.holds(chunk) ? 1 : 0);
    }

    int holders() {
        return (int) places.values().stream().filter(Place::holdsAnything).count();
    }

    List<PeerId> neighbours(PeerId asker, Place place, RandomGenerator random) {
        List<PeerId> useful = new ArrayList<>();
        List<PeerId> others = new ArrayList<>();
        places.forEach((peer, other) -> {
            if (!peer.equals(asker)) {
                (other.hasSomethingFor(place) ? useful : others).add(peer);
            }
        });
        shuffle(useful, random);
        shuffle(others, random);
        useful.addAll(others);
        return List.copyOf(useful.subList(0, Math.min(Limits.NEIGHBOURS, useful.size())));
    }

    private static void shuffle(List<PeerId> peers, RandomGenerator random) {
        for (int last = peers.size() - 1; last > 0; last--) {
            Collections.swap(peers, last, random.nextInt(last + 1));
        }
    }
}
