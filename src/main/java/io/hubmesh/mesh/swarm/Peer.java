package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.ticket.Fingerprint;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** A browser tab that has joined the mesh, from that network. */
public record Peer(PeerId id, AccountId account, Fingerprint fingerprint, Network network, Instant joinedAt) {

    private static final int ID_BYTES = 16;

    /** An id that nobody can guess. */
    public static PeerId newId(RandomGenerator random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return new PeerId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
