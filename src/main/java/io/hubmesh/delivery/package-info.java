/** The client-server model: uploads and downloads over HTTP, and what they cost the hub. */
@ApplicationModule(allowedDependencies = {"kernel", "web", "accounts", "permissions", "storage", "library"})
@NullMarked
package io.hubmesh.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
