package io.hubmesh.mesh.swarm;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;
import java.util.List;

/**
 * The hub's leave to fetch chunks from it.
 *
 * @param id 22 characters, base64url of 16 random bytes
 * @param chunks in the order in which they are to be fetched
 */
public record Lease(
        String id,
        PeerId peer,
        AccountId account,
        ResourceId resource,
        ContentId content,
        List<Integer> chunks,
        Instant endsAt) {

    public Lease {
        chunks = List.copyOf(chunks);
    }
}
