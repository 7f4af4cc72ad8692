/** Facts of the room. */
@NamedInterface("events")
@NullMarked
package io.hubmesh.experiments.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
