/** What: the tree of folders and files. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "web",
            "accounts",
            "accounts::events",
            "permissions",
            "permissions::events",
            "storage"
        })
@NullMarked
package io.hubmesh.library;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
