/** Who is in the mesh, who holds what, and who may fetch which chunk from the hub. */
@NullMarked
package io.hubmesh.mesh.swarm;

import org.jspecify.annotations.NullMarked;
