/** The hub's side of every socket: its life, what it may do, and how taken permissions reach it. */
@NullMarked
package io.hubmesh.mesh.signalling;

import org.jspecify.annotations.NullMarked;
