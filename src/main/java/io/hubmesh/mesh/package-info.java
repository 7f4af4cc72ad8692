/** The peer-to-peer model: registry of peers and swarms, signalling, tickets, leases, STUN. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "web",
            "accounts",
            "accounts::events",
            "permissions",
            "permissions::events",
            "storage",
            "library",
            "library::events",
            "delivery"
        })
@NullMarked
package io.hubmesh.mesh;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
