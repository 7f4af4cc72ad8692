package io.hubmesh.mesh.keeping;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.wire.ToPeer;

/** Something to be told to one peer. */
public record KeepOrder(PeerId peer, ToPeer message) {}
