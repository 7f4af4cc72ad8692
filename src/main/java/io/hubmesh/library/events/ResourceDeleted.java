package io.hubmesh.library.events;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.util.Set;

/** A file or folder and all below it are gone. {@code contents} are the contents that its files held. */
public record ResourceDeleted(ResourceId resource, Set<ContentId> contents) {}
