/** What every room speaks of: ids, problem codes, the clock. Knows no web and no SQL. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.hubmesh.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
