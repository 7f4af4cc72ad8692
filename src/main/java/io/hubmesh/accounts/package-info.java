/** Who: accounts, roles, passwords, access tokens, sign-in and sessions. */
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package io.hubmesh.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
