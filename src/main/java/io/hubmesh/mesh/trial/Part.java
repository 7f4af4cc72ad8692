package io.hubmesh.mesh.trial;

import io.hubmesh.delivery.Lane;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;

/**
 * One peer's part in one run of an experiment.
 *
 * @param run whose receivers meet each other and nobody else
 * @param peer the one in the mesh that was asked
 * @param lane through which everything goes that the hub sends for the run
 */
public record Part(
        String trial, String run, PeerId peer, AccountId account, ResourceId resource, ContentId content, Lane lane) {}
