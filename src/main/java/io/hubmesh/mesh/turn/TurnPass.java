package io.hubmesh.mesh.turn;

import java.time.Instant;
import java.util.List;

/**
 * One peer's leave to use the TURN servers.
 *
 * @param version of the settings that it was made under
 * @param renewAt when the peer is sent another: at half of its life
 */
public record TurnPass(
        long version, List<String> urls, String username, String credential, Instant expiresAt, Instant renewAt) {

    public TurnPass {
        urls = List.copyOf(urls);
    }

    /** Never shows the credential. */
    @Override
    public String toString() {
        return "TurnPass[" + username + "]";
    }
}
