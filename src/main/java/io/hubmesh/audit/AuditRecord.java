package io.hubmesh.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record of the chain, word for word as it is kept: whatever somebody may have put in its place is told as it stands.
 *
 * @param sequence 1 for the first there ever was, without gaps
 * @param actorName the account's name as it was then; null when nobody was signed in
 * @param action one of {@link Action}
 * @param objectKind one of {@link Thing.Kind}, or null
 * @param objectName as it was then
 * @param outcome one of {@link Outcome}
 * @param address network address that it was asked from
 * @param times how many alike it stands for
 * @param detail a JSON object of texts in its canonical form (RFC 8785), or null
 * @param previous hash of the record before, 64 zeros for the first; lower-case hexadecimal
 * @param hash SHA-256 over the canonical form of all the rest; lower-case hexadecimal
 */
public record AuditRecord(
        long sequence,
        Instant at,
        @Nullable UUID actorId,
        @Nullable String actorName,
        String action,
        @Nullable String objectKind,
        @Nullable String objectId,
        @Nullable String objectName,
        String outcome,
        @Nullable String address,
        int times,
        @Nullable String detail,
        String previous,
        String hash) {}
