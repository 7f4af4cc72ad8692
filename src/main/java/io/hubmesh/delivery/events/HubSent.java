package io.hubmesh.delivery.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;

/**
 * The hub has sent a whole file in one answer: its last byte is with the system, which has at most a socket's buffer of it left to deliver. Told after
 * {@link HubDelivered}, at once or much later.
 *
 * @param startedAt when the hub began to answer
 */
public record HubSent(AccountId account, ResourceId resource, ContentId content, long bytes, Instant startedAt) {}
