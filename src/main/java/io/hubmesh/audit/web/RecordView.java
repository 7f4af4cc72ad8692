package io.hubmesh.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.audit.AuditRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record as the API tells it: its members as in {@link AuditRecord}, and a sentence. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordView(
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
        String sentence,
        String previous,
        String hash) {

    static RecordView of(AuditRecord record, String sentence) {
        return new RecordView(
                record.sequence(),
                record.at(),
                record.actorId(),
                record.actorName(),
                record.action(),
                record.objectKind(),
                record.objectId(),
                record.objectName(),
                record.outcome(),
                record.address(),
                record.times(),
                record.detail(),
                sentence,
                record.previous(),
                record.hash());
    }
}
