package io.hubmesh.audit.web;

import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.chain.Canonical;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The two forms that records are exported in. */
enum Export {
    /** RFC 4180: for spreadsheets. What a spreadsheet would take for a formula begins with an apostrophe. */
    CSV("text/csv;charset=UTF-8;header=present") {
        @Override
        String head() {
            return "sequence,at,actorId,actorName,action,objectKind,objectId,objectName,outcome,address,times,detail,"
                    + "sentence,previous,hash\r\n";
        }

        @Override
        String line(AuditRecord record, String sentence) {
            return Stream.of(
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
                                    record.hash())
                            .map(Export::field)
                            .collect(Collectors.joining(","))
                    + "\r\n";
        }
    },

    /** One canonical JSON object a line, from which anybody can check the hash. */
    JSONL("application/jsonl") {
        @Override
        String head() {
            return "";
        }

        @Override
        String line(AuditRecord record, String sentence) {
            return Canonical.line(record) + "\n";
        }
    };

    /** With these a spreadsheet begins to calculate. */
    private static final String FORMULA = "=+-@\t\r\n";

    private final String mediaType;

    Export(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract String head();

    abstract String line(AuditRecord record, String sentence);

    String mediaType() {
        return mediaType;
    }

    String fileName() {
        return "audit." + name().toLowerCase(Locale.ROOT);
    }

    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
