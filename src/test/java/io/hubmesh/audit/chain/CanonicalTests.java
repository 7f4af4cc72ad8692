package io.hubmesh.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The form that records are hashed and exported in: the vector of {@code src/docs/audit.md}. */
class CanonicalTests {

    private static final String LINE =
            "{\"action\":\"GRANT_GIVEN\",\"actorId\":\"11111111-2222-3333-4444-555555555555\",\"actorName\":\"ada\","
                    + "\"address\":\"192.0.2.1\",\"at\":\"2026-03-01T08:00:00.250Z\","
                    + "\"detail\":{\"account\":\"ben\",\"level\":\"READ\"},"
                    + "\"hash\":\"HASH\","
                    + "\"objectId\":\"00000000-0000-0000-0000-000000000001\",\"objectKind\":\"RESOURCE\","
                    + "\"objectName\":\"Vidéos \\\"\\\\\",\"outcome\":\"DONE\",\"previous\":\"" + Canonical.NONE
                    + "\",\"sequence\":1,\"times\":1}";

    private static AuditRecord vector(String hash) {
        return new AuditRecord(
                1,
                Instant.parse("2026-03-01T08:00:00.250Z"),
                UUID.fromString("11111111-2222-3333-4444-555555555555"),
                "ada",
                "GRANT_GIVEN",
                "RESOURCE",
                "00000000-0000-0000-0000-000000000001",
                "Vidéos \"\\",
                "DONE",
                "192.0.2.1",
                1,
                "{\"account\":\"ben\",\"level\":\"READ\"}",
                Canonical.NONE,
                hash);
    }

    @Test
    void theLineIsTheDocumentedOneAndItsHashToo() throws IOException {
        String hash = Canonical.hash(vector(""));
        String line = Canonical.line(vector(hash));

        assertThat(line).isEqualTo(LINE.replace("HASH", hash));
        assertThat(Files.readString(Path.of("src", "docs", "audit.md"))).contains(line);
    }

    @Test
    void theHashCoversEverythingButItself() {
        assertThat(Canonical.hash(vector("x"))).isEqualTo(Canonical.hash(vector("y")));
    }

    @Test
    void controlCharactersAreWrittenAsTheStandardSays() {
        assertThat(Canonical.object(new TreeMap<>(Map.of("a", "\b\t\n\f\r\u0001\u007f€"))))
                .isEqualTo("{\"a\":\"\\b\\t\\n\\f\\r\\u0001\u007f€\"}");
        assertThat(Canonical.object(new TreeMap<>())).isNull();
    }
}
