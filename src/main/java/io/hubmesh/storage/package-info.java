/** Bytes: content-addressed blobs, chunk hashing, manifests. */
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package io.hubmesh.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
