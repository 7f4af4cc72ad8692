/** Answers Binding requests (RFC 8489), so that browsers learn the address they are seen under. */
@NullMarked
package io.hubmesh.mesh.stun;

import org.jspecify.annotations.NullMarked;
