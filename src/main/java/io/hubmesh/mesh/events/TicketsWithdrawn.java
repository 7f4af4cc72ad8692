package io.hubmesh.mesh.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import org.jspecify.annotations.Nullable;

/** Tickets of an account that are out count no more. @param content for which; null for all */
public record TicketsWithdrawn(AccountId account, @Nullable ContentId content) {}
