package io.hubmesh.audit.web;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Filter;
import io.hubmesh.audit.Outcome;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a query asks for, as it was written.
 *
 * @param from an instant (RFC 3339), or a date or a local time, which are taken as UTC
 * @param until as {@code from}; a date includes the whole day
 * @param before a sequence: only older records
 */
record Question(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String object,
        @Nullable String outcome,
        @Nullable String from,
        @Nullable String until,
        @Nullable String text,
        @Nullable String before) {

    /** @throws ProblemException invalid-value when a part of it is not what it should be */
    Filter filter() {
        return new Filter(
                actor,
                one(Action.class, action, "action"),
                object,
                one(Outcome.class, outcome, "outcome"),
                instant(from, 0, "from"),
                instant(until, 1, "until"),
                text);
    }

    /** @throws ProblemException invalid-value when it is no number */
    @Nullable
    Long beforeSequence() {
        try {
            return before == null || before.isBlank() ? null : Long.valueOf(before.strip());
        } catch (NumberFormatException noNumber) {
            throw invalid("before", noNumber);
        }
    }

    /** The same question, about older records, or about all when {@code older} is null. */
    String path(String base, @Nullable Long older) {
        Map<String, @Nullable String> parts = new LinkedHashMap<>();
        parts.put("actor", actor);
        parts.put("action", action);
        parts.put("object", object);
        parts.put("outcome", outcome);
        parts.put("from", from);
        parts.put("until", until);
        parts.put("text", text);
        parts.put("before", older == null ? null : older.toString());
        UriComponentsBuilder path = UriComponentsBuilder.fromPath(base);
        parts.forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                path.queryParam(name, "{" + name + "}");
            }
        });
        parts.values().removeIf(value -> value == null || value.isBlank());
        return path.encode()
                .buildAndExpand(new LinkedHashMap<String, Object>(parts))
                .toUriString();
    }

    private static <E extends Enum<E>> @Nullable E one(Class<E> type, @Nullable String name, String field) {
        try {
            return name == null || name.isBlank() ? null : Enum.valueOf(type, name.strip());
        } catch (IllegalArgumentException unknown) {
            throw invalid(field, unknown);
        }
    }

    private static @Nullable Instant instant(@Nullable String text, int moreDays, String field) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String plain = text.strip();
        try {
            if (!plain.contains("T")) {
                return LocalDate.parse(plain).plusDays(moreDays).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return plain.matches(".*(Z|[+-][0-9:]+)$") && plain.length() > "2026-01-01T00:00".length()
                    ? OffsetDateTime.parse(plain).toInstant()
                    : LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException notATime) {
            throw invalid(field, notATime);
        }
    }

    private static ProblemException invalid(String field, Exception cause) {
        return new ProblemException(
                ProblemCode.INVALID_VALUE, "\"" + field + "\" cannot be understood (" + cause.getMessage() + ").");
    }
}
