package io.hubmesh.mesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may send, by RFC 6455, and what comes of the rest. */
class FrameReaderTests {

    private static final int MOST = 70_000;
    private static final int FINAL = 0x80;
    private static final int MASK = 0x37FA213D;

    private final List<String> heard = new ArrayList<>();
    private final FrameReader reader = new FrameReader(MOST, new FrameReader.Listener() {
        @Override
        public void text(String message) {
            heard.add("text " + message);
        }

        @Override
        public void ping(byte[] payload) {
            heard.add("ping " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void pong() {
            // nobody hears this
        }

        @Override
        public void closed(int answer) {
            heard.add("closed " + answer);
        }

        @Override
        public void broken(int status) {
            heard.add("broken " + status);
        }
    });

    @Test
    void theExampleOfTheRfcIsRead() {
        reader.read(ByteBuffer.wrap(
                new byte[] {(byte) 0x81, (byte) 0x85, 0x37, (byte) 0xfa, 0x21, 0x3d, 0x7f, (byte) 0x9f, 0x4d, 0x51, 0x58
                }));
        assertThat(heard).containsExactly("text Hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, MOST})
    void everyWayToSayALengthIsRead(int length) {
        reader.read(frame(FINAL | Frame.TEXT, "x".repeat(length)));
        assertThat(heard).containsExactly("text " + "x".repeat(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void bytesMayComeInAnyPieces(int size) {
        ByteBuffer all = ByteBuffer.allocate(2_000);
        all.put(frame(Frame.TEXT, "häl"))
                .put(frame(FINAL | Frame.PING, "p"))
                .put(frame(Frame.CONTINUATION, ""))
                .put(frame(FINAL | Frame.CONTINUATION, "lo " + "y".repeat(300)))
                .put(frame(FINAL | Frame.TEXT, "second"))
                .put(frame(FINAL | Frame.PONG, "nobody hears this"))
                .put(close(1001, "bye"));
        all.flip();
        while (all.hasRemaining()) {
            ByteBuffer piece = all.slice(all.position(), Math.min(size, all.remaining()));
            all.position(all.position() + piece.remaining());
            reader.read(piece);
        }
        assertThat(heard).containsExactly("ping p", "text hällo " + "y".repeat(300), "text second", "closed 1001");
    }

    @Test
    void aCharacterMayBeCutByAFrameButNotByAMessage() {
        byte[] umlaut = "ä".getBytes(StandardCharsets.UTF_8);
        reader.read(frame(Frame.TEXT, new byte[] {umlaut[0]}));
        reader.read(frame(FINAL | Frame.CONTINUATION, new byte[] {umlaut[1]}));
        reader.read(frame(FINAL | Frame.TEXT, "\uFFFD"));
        reader.read(frame(FINAL | Frame.TEXT, new byte[] {umlaut[0]}));
        assertThat(heard).containsExactly("text ä", "text \uFFFD", "broken 1007");
    }

    @ParameterizedTest
    @CsvSource({
        "0xC1, 1002", // a reserved bit
        "0x83, 1002", // an opcode that nobody has defined
        "0x8B, 1002",
        "0x80, 1002", // continues nothing
        "0x09, 1002", // a control frame in pieces
        "0x82, 1003" // bytes instead of text
    })
    void whatIsNoFrameOfAPeerBreaksTheRules(int first, int status) {
        reader.read(frame(first, ""));
        reader.read(frame(FINAL | Frame.TEXT, "too late"));
        assertThat(heard).containsExactly("broken " + status);
    }

    @Test
    void aMessageInsideAMessageBreaksTheRules() {
        reader.read(frame(Frame.TEXT, "one"));
        reader.read(frame(FINAL | Frame.TEXT, "two"));
        assertThat(heard).containsExactly("broken 1002");
    }

    @Test
    void aFrameWithoutAMaskBreaksTheRules() {
        reader.read(Frame.text("bare"));
        assertThat(heard).containsExactly("broken 1002");
    }

    @Test
    void aLongControlFrameBreaksTheRules() {
        reader.read(frame(FINAL | Frame.PING, "x".repeat(126)));
        assertThat(heard).containsExactly("broken 1002");
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedBeforeItHasCome() {
        reader.read(frame(FINAL | Frame.TEXT, "x".repeat(MOST + 1)).limit(14));
        assertThat(heard).containsExactly("broken 1009");
    }

    @Test
    void piecesCountTogether() {
        reader.read(frame(Frame.TEXT, "x".repeat(MOST)));
        reader.read(frame(FINAL | Frame.CONTINUATION, "x"));
        assertThat(heard).containsExactly("broken 1009");
    }

    @Test
    void aLengthThatIsNoLengthIsTooLarge() {
        ByteBuffer frame = ByteBuffer.allocate(14)
                .put((byte) 0x81)
                .put((byte) 0xFF)
                .putLong(-1)
                .putInt(MASK);
        reader.read(frame.flip());
        assertThat(heard).containsExactly("broken 1009");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000",
        "3001, 3001",
        "4999, 4999",
        "999, 1002",
        "1005, 1002",
        "1006, 1002",
        "2000, 1002",
        "5000, 1002"
    })
    void aCloseIsAnsweredWithItsOwnStatusIfItMayBeSent(int status, int answer) {
        reader.read(close(status, "because"));
        reader.read(frame(FINAL | Frame.TEXT, "too late"));
        assertThat(heard).containsExactly("closed " + answer);
    }

    @Test
    void aCloseMaySayNothingButNotHalfAStatus() {
        reader.read(frame(FINAL | Frame.CLOSE, ""));
        assertThat(heard).containsExactly("closed 1000");
        assertThat(CloseCode.answerTo(new byte[1])).isEqualTo(1002);
        assertThat(CloseCode.answerTo(new byte[] {3, (byte) 0xE8, (byte) 0xFF})).isEqualTo(1002);
    }

    private static ByteBuffer close(int status, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        return frame(
                FINAL | Frame.CLOSE,
                ByteBuffer.allocate(2 + words.length)
                        .putShort((short) status)
                        .put(words)
                        .array());
    }

    private static ByteBuffer frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Masked, as clients do. */
    private static ByteBuffer frame(int first, byte[] payload) {
        ByteBuffer bare = Frame.of(first & 0x0F, payload);
        ByteBuffer frame = ByteBuffer.allocate(bare.remaining() + 4);
        int head = bare.remaining() - payload.length;
        frame.put(bare.slice(0, head)).putInt(MASK);
        frame.put(0, (byte) first).put(1, (byte) (frame.get(1) | 0x80));
        for (int index = 0; index < payload.length; index++) {
            frame.put((byte) (payload[index] ^ (MASK >>> (24 - 8 * (index % 4)))));
        }
        return frame.flip();
    }
}
