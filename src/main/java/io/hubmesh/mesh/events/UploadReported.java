package io.hubmesh.mesh.events;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import java.time.Instant;

/**
 * What a serving peer says it has sent to others: a claim, not a fact.
 *
 * @param tab the fingerprint of its certificate, the same after it has connected again
 * @param bytes of that content, since the tab joined
 */
public record UploadReported(AccountId account, String tab, ContentId content, long bytes, Instant at) {}
