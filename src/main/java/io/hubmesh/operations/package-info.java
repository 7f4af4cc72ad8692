/** How the hub itself is: backups and their restoring, whether every byte is still what it was, health, metrics. */
@ApplicationModule(allowedDependencies = {"kernel", "accounts", "storage", "web"})
@NullMarked
package io.hubmesh.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
