/** What was delivered, by which model, and what it cost. Nobody uses this room; whoever has measurements of its own tells its advisor. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "web",
            "accounts",
            "permissions",
            "library",
            "delivery::events",
            "mesh",
            "mesh::events"
        })
@NullMarked
package io.hubmesh.measurement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
