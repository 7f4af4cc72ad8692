/** Signed statements: tickets and revocations, and the hub's identity that they rest on. */
@NullMarked
package io.hubmesh.mesh.ticket;

import org.jspecify.annotations.NullMarked;
