package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.PeerId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Collects what members are to be told of one graph; a later word on a pair takes the place of an earlier one. Pure. */
final class Wiring {

    /** For one member: whom to connect to, whom to part from. */
    record News(Set<PeerId> named, Set<PeerId> part) {}

    private final Map<PeerId, News> news = new LinkedHashMap<>();

    void name(PeerId to, PeerId other) {
        News own = of(to);
        own.part().remove(other);
        own.named().add(other);
    }

    void part(PeerId from, PeerId other) {
        News own = of(from);
        own.named().remove(other);
        own.part().add(other);
    }

    /** Who has gone, or has been told otherwise, needs no news. */
    void forget(PeerId peer) {
        news.remove(peer);
    }

    boolean isEmpty() {
        return news.isEmpty();
    }

    /** Everything so far; there is nothing left of it here. */
    Map<PeerId, News> take() {
        Map<PeerId, News> taken = new LinkedHashMap<>(news);
        news.clear();
        taken.values().removeIf(own -> own.named().isEmpty() && own.part().isEmpty());
        return taken;
    }

    private News of(PeerId peer) {
        return news.computeIfAbsent(peer, first -> new News(new LinkedHashSet<>(), new LinkedHashSet<>()));
    }
}
