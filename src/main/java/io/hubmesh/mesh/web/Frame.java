package io.hubmesh.mesh.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the hub sends: whole, unmasked frames (RFC 6455, section 5.2). */
final class Frame {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    static final int FINAL = 0x80;

    /** A control frame carries no more bytes (section 5.5). */
    static final int CONTROL_BYTES = 125;

    /** In the place of the length: two bytes with the length follow. */
    static final int TWO_BYTES = 126;

    /** In the place of the length: eight bytes with the length follow. */
    static final int EIGHT_BYTES = 127;

    private static final int LONGEST_HEAD = 10;
    private static final int TWO_BYTES_HOLD = 0xFFFF;
    private static final int STATUS_BYTES = 2;

    private Frame() {}

    static ByteBuffer text(String text) {
        return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param reason is cut where a close frame has no more room */
    static ByteBuffer close(int status, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(words.length, CONTROL_BYTES - STATUS_BYTES);
        ByteBuffer payload = ByteBuffer.allocate(STATUS_BYTES + length);
        payload.putShort((short) status).put(words, 0, length);
        return of(CLOSE, payload.array());
    }

    static ByteBuffer of(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + payload.length);
        frame.put((byte) (FINAL | opcode));
        if (payload.length <= CONTROL_BYTES) {
            frame.put((byte) payload.length);
        } else if (payload.length <= TWO_BYTES_HOLD) {
            frame.put((byte) TWO_BYTES).putShort((short) payload.length);
        } else {
            frame.put((byte) EIGHT_BYTES).putLong(payload.length);
        }
        return frame.put(payload).flip();
    }
}
