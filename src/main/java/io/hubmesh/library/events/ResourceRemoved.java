package io.hubmesh.library.events;

import io.hubmesh.kernel.ResourceId;

/** Something that was in the trash is gone for good, with all below it. */
public record ResourceRemoved(ResourceId resource, String name) {}
