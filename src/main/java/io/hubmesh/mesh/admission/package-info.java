/** Who may be in which swarm, the tickets that say so, and how they are taken back. */
@NullMarked
package io.hubmesh.mesh.admission;

import org.jspecify.annotations.NullMarked;
