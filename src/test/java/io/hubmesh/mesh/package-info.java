@NullMarked
package io.hubmesh.mesh;

import org.jspecify.annotations.NullMarked;
