/** Leave to use the administrators' TURN servers, peer by peer and for a while. */
@NullMarked
package io.hubmesh.mesh.turn;

import org.jspecify.annotations.NullMarked;
