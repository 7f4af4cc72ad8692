package io.hubmesh.library.events;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.util.Set;

/**
 * A file or folder, with all below it, stands elsewhere, or is back from the trash: who reaches it by inheritance may be others
 * than before. {@code contents} are the contents that its files hold.
 */
public record ResourceMoved(ResourceId resource, Set<ContentId> contents) {}
