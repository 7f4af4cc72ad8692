@NullMarked
package io.hubmesh.mesh.store;

import org.jspecify.annotations.NullMarked;
