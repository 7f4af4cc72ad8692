package io.hubmesh.mesh;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an administrator may choose about the mesh.
 *
 * @param grace how long peers that have lost the hub may go on with a ticket, from when it was issued; 0 for not at all
 */
@ConfigurationProperties("hubmesh.mesh")
record MeshSettings(@DefaultValue("12h") Duration grace) {}
