/** Who did what, and what was refused: records that are added, chained by their hashes, and never changed. Nobody uses this room. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "web",
            "web::events",
            "accounts",
            "accounts::events",
            "permissions",
            "permissions::events",
            "library",
            "library::events",
            "delivery::events",
            "mesh::events",
            "experiments::events",
            "measurement::events"
        })
@NullMarked
package io.hubmesh.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
