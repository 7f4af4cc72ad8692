/** Who: accounts, roles, groups, passwords, access tokens, sign-in and sessions. */
@ApplicationModule(allowedDependencies = {"kernel", "web"})
@NullMarked
package io.hubmesh.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
