package io.hubmesh.delivery.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;

/**
 * The hub answered a download with bytes of a file.
 *
 * @param bytes how many bytes of the file were handed to the connector
 * @param whole whether they are the whole file in one answer
 * @param startedAt when the hub began to answer
 */
public record HubDelivered(
        AccountId account, ResourceId resource, ContentId content, long bytes, boolean whole, Instant startedAt) {}
