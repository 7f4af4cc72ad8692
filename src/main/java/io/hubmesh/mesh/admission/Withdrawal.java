package io.hubmesh.mesh.admission;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.util.Set;

/**
 * Something was taken back.
 *
 * @param concerned the peers that must be told: everybody in the swarms concerned
 * @param expelled accounts that may not be in the mesh at all any more
 * @param list the signed list of revocations
 */
public record Withdrawal(Set<PeerId> concerned, Set<AccountId> expelled, String list) {}
