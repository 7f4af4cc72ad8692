/** How every page and every answer looks: problems as RFC 9457, security headers, the page shell. */
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package io.hubmesh.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
