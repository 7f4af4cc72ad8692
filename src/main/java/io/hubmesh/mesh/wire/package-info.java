/** What peers and hub say to each other over the socket (src/docs/protocol.md), checked and bounded. */
@NullMarked
package io.hubmesh.mesh.wire;

import org.jspecify.annotations.NullMarked;
