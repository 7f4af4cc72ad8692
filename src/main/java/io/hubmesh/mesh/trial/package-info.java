/** Parts that peers take in experiments. */
@NullMarked
package io.hubmesh.mesh.trial;

import org.jspecify.annotations.NullMarked;
