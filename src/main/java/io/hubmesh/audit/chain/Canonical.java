package io.hubmesh.audit.chain;

import io.hubmesh.audit.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A record as one line of JSON in its canonical form (RFC 8785): members in the order of their names, no blanks, what is null left out. The
 * hash is SHA-256 over that line in UTF-8 without the member {@code hash}; see {@code src/docs/audit.md}.
 */
public final class Canonical {

    /** What stands in the first record's {@code previous}. */
    public static final String NONE = "0".repeat(64);

    /** The last character that JSON does not take as it is. */
    private static final char LAST_CONTROL = 0x1f;

    private Canonical() {}

    /** With its hash, as it is exported. */
    public static String line(AuditRecord record) {
        return json(record, record.hash());
    }

    /** What its hash must be. Lower-case hexadecimal. */
    public static String hash(AuditRecord record) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(json(record, null).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** An object of texts; null when there are none. */
    static @Nullable String object(SortedMap<String, String> texts) {
        if (texts.isEmpty()) {
            return null;
        }
        StringBuilder json = new StringBuilder("{");
        texts.forEach((name, value) -> text(json, name, value));
        return json.append('}').toString();
    }

    private static String json(AuditRecord record, @Nullable String hash) {
        StringBuilder json = new StringBuilder("{");
        text(json, "action", record.action());
        text(json, "actorId", record.actorId());
        text(json, "actorName", record.actorName());
        text(json, "address", record.address());
        text(json, "at", record.at());
        plain(json, "detail", record.detail());
        text(json, "hash", hash);
        text(json, "objectId", record.objectId());
        text(json, "objectKind", record.objectKind());
        text(json, "objectName", record.objectName());
        text(json, "outcome", record.outcome());
        text(json, "previous", record.previous());
        plain(json, "sequence", record.sequence());
        plain(json, "times", record.times());
        return json.append('}').toString();
    }

    private static void plain(StringBuilder json, String name, @Nullable Object value) {
        if (value != null) {
            name(json, name).append(value);
        }
    }

    private static void text(StringBuilder json, String name, @Nullable Object value) {
        if (value != null) {
            quote(name(json, name), value.toString());
        }
    }

    private static StringBuilder name(StringBuilder json, String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        quote(json, name);
        return json.append(':');
    }

    /** As section 3.2.2.2 of RFC 8785 says. */
    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            switch (one) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (one <= LAST_CONTROL) {
                        json.append(String.format("\\u%04x", (int) one));
                    } else {
                        json.append(one);
                    }
                }
            }
        }
        json.append('"');
    }
}
