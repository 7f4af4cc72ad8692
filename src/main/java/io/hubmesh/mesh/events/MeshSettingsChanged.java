package io.hubmesh.mesh.events;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An administrator has changed what holds for the mesh. Never holds the secret.
 *
 * @param newSecret whether the TURN servers' secret is another
 * @param leases how the hub gives beside peers
 */
public record MeshSettingsChanged(
        List<String> turn,
        boolean newSecret,
        Duration credentialLife,
        String leases,
        Duration grace,
        @Nullable String secondStun) {

    public MeshSettingsChanged {
        turn = List.copyOf(turn);
    }
}
