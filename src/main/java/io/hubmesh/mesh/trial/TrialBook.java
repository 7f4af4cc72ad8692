package io.hubmesh.mesh.trial;

import io.hubmesh.delivery.Lane;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.swarm.Peer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who takes part in experiments, and the parts that run now. In memory: a hub that starts anew has none. Safe for threads. */
@Component
public class TrialBook {

    /** A peer whose person agreed, and how large a test copy it takes, in bytes. */
    public record Volunteer(PeerId peer, AccountId account, long bytes) {}

    private final Map<PeerId, Volunteer> volunteers = new LinkedHashMap<>();
    private final Map<String, Part> parts = new HashMap<>();

    /** The parts of the peers that were made for them. */
    private final Map<PeerId, Part> made = new HashMap<>();

    /** What a peer of the mesh says; 0: it takes no part. */
    public synchronized void volunteer(Peer peer, long bytes) {
        if (bytes == 0 || peer.run() != null) {
            volunteers.remove(peer.id());
        } else {
            volunteers.put(peer.id(), new Volunteer(peer.id(), peer.account(), bytes));
        }
    }

    public synchronized List<Volunteer> volunteers() {
        return List.copyOf(volunteers.values());
    }

    public synchronized Optional<Volunteer> volunteer(PeerId peer) {
        return Optional.ofNullable(volunteers.get(peer));
    }

    public synchronized void open(Part part) {
        parts.put(part.trial(), part);
    }

    /** It is over; empty when it was already. */
    public synchronized Optional<Part> close(String trial) {
        Part part = parts.remove(trial);
        made.values().removeIf(own -> own.trial().equals(trial));
        return Optional.ofNullable(part);
    }

    public synchronized Optional<Part> find(String trial) {
        return Optional.ofNullable(parts.get(trial));
    }

    /**
     * The part for which a peer of that account was made.
     *
     * @throws ProblemException not-found when it has none of that name
     */
    public Part requirePart(String trial, AccountId account) {
        return find(trial)
                .filter(part -> part.account().equals(account))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    public synchronized boolean isPartOf(String trial, PeerId peer) {
        Part part = parts.get(trial);
        return part != null && part.peer().equals(peer);
    }

    /** The peer that was made for that part has joined. */
    public synchronized void joined(String trial, PeerId peer) {
        Part part = parts.get(trial);
        if (part != null) {
            made.put(peer, part);
        }
    }

    public synchronized void gone(PeerId peer) {
        volunteers.remove(peer);
        made.remove(peer);
    }

    /** Through which the hub sends to that peer; null when it is none that was made for a part. */
    public synchronized @Nullable Lane laneOf(PeerId peer) {
        Part part = made.get(peer);
        return part == null ? null : part.lane();
    }
}
