/** What must be right before the hub starts, and how the person who started it is told when it is not. */
@ApplicationModule(allowedDependencies = {"kernel", "operations"})
@NullMarked
package io.hubmesh.start;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
