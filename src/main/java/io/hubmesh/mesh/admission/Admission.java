package io.hubmesh.mesh.admission;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Something that an account holds a ticket for.
 *
 * @param content null for the mesh as such
 * @param resource the file as which the content was entered; null with no content
 */
public record Admission(
        AccountId account,
        @Nullable ContentId content,
        @Nullable ResourceId resource) {}
