package io.hubmesh.mesh.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.hubmesh.Fuzz;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames as no client would send them. */
class FrameReaderAttackTests {

    private static final int MOST = 64 * 1024;
    private static final int FINAL_TEXT = Frame.FINAL | Frame.TEXT;
    private static final int FINAL_CONTINUATION = Frame.FINAL | Frame.CONTINUATION;
    private static final byte[] MASK = new byte[4];

    @Test
    void anyFramesInAnyPiecesAreTheSameMessages() {
        Fuzz.tries(5_000, fuzz -> {
            ByteBuffer all = ByteBuffer.allocate(4_000);
            for (int count = 1 + fuzz.below(6); count > 0; count--) {
                all.put(frame(fuzz));
            }
            byte[] bytes = new byte[all.flip().remaining()];
            all.get(bytes);
            List<String> whole = new ArrayList<>();
            reader(whole).read(ByteBuffer.wrap(bytes));
            List<String> pieces = new ArrayList<>();
            FrameReader reader = reader(pieces);
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + fuzz.below(40));
                reader.read(ByteBuffer.wrap(bytes, at, length).slice());
                at += length;
            }
            assertThat(pieces).isEqualTo(whole);
        });
    }

    @Test
    void aLengthThatOverflowsTogetherWithWhatHasComeIsTooBig() {
        List<String> heard = new ArrayList<>();
        FrameReader reader = reader(heard);
        reader.read(frame(Frame.TEXT, "begun".getBytes(StandardCharsets.UTF_8)));
        reader.read(ByteBuffer.allocate(64)
                .put((byte) FINAL_CONTINUATION)
                .put((byte) 0xFF)
                .putLong(Long.MAX_VALUE)
                .put(MASK)
                .flip());
        assertThat(heard).containsExactly("broken 1009");
    }

    @Test
    void aMessageInCountlessFragmentsIsEnded() {
        List<String> heard = new ArrayList<>();
        FrameReader reader = reader(heard);
        reader.read(frame(Frame.TEXT, new byte[MOST]));
        for (int count = 0; count < FrameReader.MOST_FRAGMENTS; count++) {
            reader.read(frame(Frame.CONTINUATION, new byte[0]));
        }
        assertThat(heard).containsExactly("broken 1009");
    }

    @Test
    void aMessageThatComesByteByByteTakesNoTime() {
        List<String> heard = new ArrayList<>();
        FrameReader reader = reader(heard);
        byte[] bytes = frame(FINAL_TEXT, "x".repeat(MOST).getBytes(StandardCharsets.UTF_8))
                .array();
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int round = 0; round < 20; round++) {
                for (byte each : bytes) {
                    reader.read(ByteBuffer.wrap(new byte[] {each}));
                }
            }
        });
        assertThat(heard).hasSize(20);
    }

    private static ByteBuffer frame(Fuzz fuzz) {
        byte[] payload = fuzz.bytes(200);
        int first = fuzz.below(3) > 0
                ? fuzz.one(List.of(FINAL_TEXT, Frame.TEXT, Frame.CONTINUATION, FINAL_CONTINUATION, 0x89, 0x8A, 0x88))
                : fuzz.below(256);
        if (fuzz.below(3) > 0) {
            return frame(first, fuzz.text(60).getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer odd = ByteBuffer.allocate(payload.length + 10);
        odd.put((byte) first).put((byte) fuzz.below(256));
        odd.putLong(fuzz.one(List.of(0L, 5L, 126L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 65_536L, 1L << 32)));
        return odd.put(payload).flip();
    }

    private static ByteBuffer frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        if (payload.length <= Frame.CONTROL_BYTES) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) 0xFF).putLong(payload.length);
        }
        ByteBuffer whole = frame.put(MASK).put(payload).flip();
        byte[] exact = new byte[whole.remaining()];
        whole.get(exact);
        return ByteBuffer.wrap(exact);
    }

    private static FrameReader reader(List<String> heard) {
        return new FrameReader(MOST, new FrameReader.Listener() {
            @Override
            public void text(String message) {
                heard.add("text " + message);
            }

            @Override
            public void ping(byte[] payload) {
                heard.add("ping " + payload.length);
            }

            @Override
            public void pong() {
                heard.add("pong");
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
    }
}
