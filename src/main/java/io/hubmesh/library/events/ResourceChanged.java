package io.hubmesh.library.events;

import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A folder or file was made, or is another than before.
 *
 * @param before the name it had until then; null when it is new
 * @param name the name it has now
 * @param size in bytes; null for a folder
 */
public record ResourceChanged(
        ResourceId resource,
        Resource.Deed deed,
        @Nullable String before,
        String name,
        @Nullable Long size) {}
