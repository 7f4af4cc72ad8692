package io.hubmesh.library.events;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;

/**
 * A file has another content than before.
 *
 * @param size of the content it has now, in bytes
 */
public record ContentReplaced(ResourceId resource, ContentId before, ContentId after, long size) {}
