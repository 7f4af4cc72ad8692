/** Which model suits which environment: predicted from bounds and from what was measured, with the reasons. No web, no rows, no clock. */
@NamedInterface("advisor")
@NullMarked
package io.hubmesh.measurement.advisor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
