package io.hubmesh.mesh.ticket;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * What the hub states about a peer: whose it is, which certificate it has, and what it may fetch and serve.
 *
 * @param content null in the membership ticket, which allows no content
 * @param epoch the revocation epoch at which permission was decided
 */
public record Ticket(
        AccountId account,
        PeerId peer,
        Fingerprint fingerprint,
        @Nullable ContentId content,
        long epoch) {}
