/** May: grants and decisions over ids. It is handed the ancestor chain and does not know the tree. */
@ApplicationModule(allowedDependencies = {"kernel", "accounts"})
@NullMarked
package io.hubmesh.permissions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
