package io.hubmesh.mesh.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.hubmesh.Fuzz;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a peer sends is a message or message-invalid, soon. */
class MessageReaderAttackTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> samples;

    MessageReaderAttackTests() throws IOException {
        try (InputStream file = MessageReaderAttackTests.class.getResourceAsStream("/protocol/messages.json")) {
            JsonNode vectors = JSON.readTree(Objects.requireNonNull(file));
            samples = StreamSupport.stream(vectors.spliterator(), false)
                    .map(vector -> vector.get("json").stringValue())
                    .toList();
        }
    }

    @Test
    void mutantsOfEveryMessage() {
        Fuzz.tries(20_000, fuzz -> read(fuzz.mutant(fuzz.one(samples))));
    }

    @Test
    void anyText() {
        Fuzz.tries(5_000, fuzz -> read(fuzz.text(300)));
    }

    @Test
    void whatIsAsLargeAsAMessageMayBeTakesNoTime() {
        List<String> parts = List.of(
                "[", "{\"a\":", "9", "{\"type\":\"ping\"},", "\"\\u0000", "\ud800", " ", "{\"type\":\"x\",", "1e9");
        assertTimeout(
                Duration.ofSeconds(20),
                () -> parts.forEach(part -> {
                    read(part.repeat(Bounds.MESSAGE_BYTES / part.length()));
                    read("{\"type\":" + part.repeat(Bounds.MESSAGE_BYTES / part.length() - 9));
                }));
    }

    @Test
    void memberNamesThatCollideTakeNoTime() {
        StringBuilder members = new StringBuilder("{\"type\":\"ping\"");
        for (int number = 0; number < 4_096; number++) {
            members.append(",\"");
            for (int bit = 0; bit < 12; bit++) {
                members.append((number >> bit & 1) == 0 ? "Aa" : "BB"); // the same hash code
            }
            members.append("\":1");
        }
        assertTimeout(Duration.ofSeconds(20), () -> read(members.append('}').substring(0)));
    }

    @Test
    void bitmapsOfAnyBytes() {
        Fuzz.tries(2_000, fuzz -> {
            byte[] bytes = fuzz.bytes(40);
            int chunks = fuzz.below(330);
            Bitmap bitmap = new Bitmap(bytes);
            boolean spare = bitmap.toSet().length() > chunks;
            assertThat(bitmap.fits(chunks)).isEqualTo(bytes.length == (chunks + 7) / 8 && !spare);
        });
    }

    /** What is read can be written to somebody else: nothing in it is half a character. */
    private static void read(String text) {
        Optional<FromPeer> message = tryToRead(text);
        if (message.isPresent() && message.get() instanceof FromPeer.Signal signal) {
            ToPeer passedOn = new ToPeer.Signal(new PeerId("AAECAwQFBgcICQoLDA0ODw"), signal.passage());
            assertThat(Fuzz.isWellFormed(MessageWriter.write(passedOn))).isTrue();
        }
    }

    private static Optional<FromPeer> tryToRead(String text) {
        try {
            return Optional.of(MessageReader.read(text));
        } catch (ProblemException refused) {
            assertThat(refused.code()).isEqualTo(ProblemCode.MESSAGE_INVALID);
            return Optional.empty();
        }
    }
}
