package io.hubmesh.mesh;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.library.PeerHolders;
import io.hubmesh.mesh.swarm.Membership;
import io.hubmesh.mesh.swarm.RefusalCode;
import io.hubmesh.mesh.swarm.Registry;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What other rooms may know of the mesh. Decides nothing about permission: ask before you show it to somebody. */
@Component
public class Mesh implements PeerHolders {

    private final Registry registry;

    Mesh(Registry registry) {
        this.registry = registry;
    }

    /** How many peers are online that hold all or some of the content. */
    public int peersHolding(ContentId content) {
        return registry.holders(content);
    }

    /** The same for several; has an entry for each. */
    @Override
    public Map<ContentId, Integer> peersHolding(Collection<ContentId> contents) {
        Map<ContentId, Integer> holders = new HashMap<>();
        contents.forEach(content -> holders.put(content, registry.holders(content)));
        return holders;
    }

    /** Everybody who has joined the mesh, the longest first. */
    public List<PeerView> peers() {
        return registry.peers().stream()
                .filter(peer -> peer.run() == null)
                .map(peer -> new PeerView(peer.id(), peer.account(), peer.joinedAt(), registry.swarmsOf(peer.id())))
                .toList();
    }

    /**
     * The edges that these peers have in the graphs of their swarms, each once: whom the hub has named to whom and of whom nobody has said that
     * the link was lost.
     *
     * @param most how many are told
     */
    public List<LinkView> links(Collection<PeerId> peers, int most) {
        Set<LinkView> links = new LinkedHashSet<>();
        for (PeerId peer : peers) {
            for (Membership place : registry.memberships(peer)) {
                for (PeerId neighbour : registry.neighbours(peer, place.content())) {
                    if (links.size() == most) {
                        return List.copyOf(links);
                    }
                    links.add(LinkView.between(peer, neighbour, place.content()));
                }
            }
        }
        return List.copyOf(links);
    }

    /** How many links were told lost since the hub started, by code. */
    public Map<String, Long> lostLinks() {
        Map<String, Long> lost = new TreeMap<>();
        registry.losses().forEach((code, count) -> lost.put(code.word(), count));
        return lost;
    }

    /** Every code that a link may be told lost with. */
    public List<String> lossReasons() {
        return Arrays.stream(RefusalCode.values())
                .filter(RefusalCode::isTold)
                .map(RefusalCode::word)
                .toList();
    }

    /** How many links were told lost since the hub started. */
    public long lostLinksInAll() {
        return registry.losses().values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many peers have joined. */
    public int size() {
        return registry.peers().size();
    }

    /** How many contents have peers that hold or want them. */
    public int swarms() {
        return registry.swarms();
    }

    /** Whether the account has a peer in the mesh. */
    public boolean isJoined(AccountId account) {
        return !registry.peersOf(account).isEmpty();
    }
}
