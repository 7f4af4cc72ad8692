/** Measured comparisons of the models on one resource: the same receivers, the same rates, model by model, held against their bounds. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "web",
            "accounts",
            "permissions",
            "storage",
            "library",
            "delivery",
            "mesh",
            "mesh::events",
            "measurement::advisor"
        })
@NullMarked
package io.hubmesh.experiments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
