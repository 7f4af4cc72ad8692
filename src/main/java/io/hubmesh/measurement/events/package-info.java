/** Facts that the room tells the others. */
@NamedInterface("events")
@NullMarked
package io.hubmesh.measurement.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
