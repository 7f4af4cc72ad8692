package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.ticket.Fingerprint;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A browser tab that has joined the mesh, from that network.
 *
 * @param run the run of an experiment for which it was made, whose swarms are its own; null for the mesh
 */
public record Peer(
        PeerId id,
        AccountId account,
        Fingerprint fingerprint,
        Network network,
        Instant joinedAt,
        @Nullable String run) {

    private static final int ID_BYTES = 16;

    /** One of the mesh. */
    public Peer(PeerId id, AccountId account, Fingerprint fingerprint, Network network, Instant joinedAt) {
        this(id, account, fingerprint, network, joinedAt, null);
    }

    /** An id that nobody can guess. */
    public static PeerId newId(RandomGenerator random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return new PeerId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
