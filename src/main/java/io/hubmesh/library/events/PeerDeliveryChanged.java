package io.hubmesh.library.events;

import io.hubmesh.kernel.ResourceId;

/** A manager switched peer delivery of a resource on or off. */
public record PeerDeliveryChanged(ResourceId resource, boolean allowed) {}
