package io.hubmesh.mesh.ticket;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import org.jspecify.annotations.Nullable;

/** Something that was taken back: a content, or everything when {@code content} is null. */
public record Revocation(AccountId account, @Nullable ContentId content) {}
