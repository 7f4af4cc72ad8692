package io.hubmesh.mesh.settings;

import io.hubmesh.mesh.swarm.LeasePolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What administrators have chosen about the mesh. The TURN server's secret is no part of it: it is handed to
 * {@link SettingsBook#turnSecret} alone, so that nothing which shows settings can show it.
 *
 * @param version rises with every change
 * @param turn addresses of TURN servers (RFC 7065) with one shared secret, at most {@link #MOST_TURN}; empty for no TURN
 * @param turnSecretKnown whether a secret is kept
 * @param credentialLife how long a TURN credential is good for
 * @param grace how long peers that have lost the hub may go on with a ticket, from when it was issued; zero for not at all
 * @param secondStun {@code stun:host:port} (RFC 7064) that peers are told of beside the hub's own, or null
 */
public record MeshSettings(
        long version,
        List<String> turn,
        boolean turnSecretKnown,
        Duration credentialLife,
        LeasePolicy leases,
        Duration grace,
        @Nullable String secondStun) {

    /** As many as browsers still gather candidates from in good time. */
    public static final int MOST_TURN = 4;

    public MeshSettings {
        turn = List.copyOf(turn);
    }
}
