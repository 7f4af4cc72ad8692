/** Copies that managers want kept on peers' disks: whom the hub asks for one, and whom it lets go. */
@NullMarked
package io.hubmesh.mesh.keeping;

import org.jspecify.annotations.NullMarked;
