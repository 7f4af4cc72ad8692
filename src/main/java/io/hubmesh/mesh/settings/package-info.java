/** What administrators choose about the mesh, and where it is kept. */
@NullMarked
package io.hubmesh.mesh.settings;

import org.jspecify.annotations.NullMarked;
