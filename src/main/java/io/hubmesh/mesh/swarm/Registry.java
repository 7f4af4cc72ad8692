package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.TransferReported.Model;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is in the mesh, who holds which chunks, and who may fetch which from the hub. Decides nothing about permission. Every
 * method is one atomic step and may be called from any thread.
 */
public interface Registry {

    /**
     * Lets a peer in. One that was made for a run of an experiment meets those of the same run alone: it is in swarms of their own.
     *
     * @return false when the account has as many peers there as it may have ({@link Limits#PEERS_PER_ACCOUNT})
     */
    boolean join(Peer peer);

    /** Forgets the peer, its places in swarms and its leases; empty when it was not there. */
    Optional<Peer> leave(PeerId peer);

    List<Peer> peers();

    List<Peer> peersOf(AccountId account);

    /** The peer of that id; empty when it is not there. */
    Optional<Peer> peer(PeerId id);

    /** The peer has given a sign of life. */
    void heard(PeerId peer);

    /** Those not heard of for {@link Limits#SILENCE}. */
    List<PeerId> silent();

    /**
     * Puts a peer into a swarm, or brings its place up to date.
     *
     * @param chunkSize of every chunk but the last, in bytes
     * @param have what it holds already
     * @return false when it is not in the mesh or in as many swarms as it, or its
     *     account, may be ({@link Limits#SWARMS_PER_PEER}, {@link Limits#SWARMS_PER_ACCOUNT})
     */
    boolean enter(PeerId peer, ContentId content, ResourceId resource, int chunks, int chunkSize, BitSet have);

    /** Takes a peer out of a swarm and ends its leases there; false when it was not in it. */
    boolean exit(PeerId peer, ContentId content);

    Optional<Membership> membership(PeerId peer, ContentId content);

    /** All places of a peer. */
    List<Membership> memberships(PeerId peer);

    /** Everybody in that swarm of the mesh. */
    List<PeerId> swarm(ContentId content);

    int swarmsOf(PeerId peer);

    /** How many swarms have members. */
    int swarms();

    /** The peer has verified these chunks; they need no lease any more. */
    void have(PeerId peer, ContentId content, Collection<Integer> chunks);

    /**
     * How much the peer says to have served to others.
     *
     * @param bytes since it joined
     */
    void served(PeerId peer, ContentId content, long bytes);

    /** The peer's neighbours in the swarm, in the order in which they became so. */
    List<PeerId> neighbours(PeerId peer, ContentId content);

    /** How many peers of the mesh hold all or some of it. */
    int holders(ContentId content);

    /** Those of that swarm of the mesh who hold all of it. */
    List<PeerId> holdersOfAll(ContentId content);

    /** The peer's link to another member could not be made or has ended. Changes nothing unless both are in the swarm. */
    void lost(PeerId peer, ContentId content, PeerId neighbour, RefusalCode code);

    /** Time has passed: members whose lost neighbours may be theirs again get some. To be called every second or so. */
    void reopen();

    /**
     * What peers are to be told because graphs have changed since this was asked last. Whoever enters a swarm is told its
     * {@link #neighbours} in answer.
     */
    List<Rewiring> rewirings();

    /** How many links were told lost for each reason since the hub started; reasons that never came are absent. */
    Map<RefusalCode, Long> losses();

    /**
     * Grants what may be granted of the wanted chunks (src/docs/protocol.md, "Leases").
     *
     * @param room how many the peer takes now, at most {@link Limits#CHUNKS_PER_LEASE}
     */
    LeaseAnswer lease(PeerId peer, ContentId content, Model model, BitSet wanted, int room);

    /** A lease that has not ended. */
    Optional<Lease> lease(String id);

    /** The hub has handed over a chunk of that lease. */
    void sent(Lease lease, int chunk);
}
