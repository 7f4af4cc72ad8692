package io.hubmesh.mesh.web;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a close frame may say (RFC 6455, section 7.4). */
final class CloseCode {

    private static final int STATUS_BYTES = 2;

    /** For use by libraries and applications. */
    private static final int FIRST_FREE = 3000;

    private static final int LAST_FREE = 4999;

    private CloseCode() {}

    /** The status with which a close frame is answered: its own, or protocol error when it is not well formed. */
    static int answerTo(byte[] payload) {
        if (payload.length == 0) {
            return FrameReader.NORMAL;
        }
        if (payload.length < STATUS_BYTES) {
            return FrameReader.PROTOCOL_ERROR;
        }
        int status = Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
        boolean readable = FrameReader.text(Arrays.copyOfRange(payload, STATUS_BYTES, payload.length)) != null;
        return mayBeSent(status) && readable ? status : FrameReader.PROTOCOL_ERROR;
    }

    private static boolean mayBeSent(int status) {
        return switch (status) {
            case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
            default -> status >= FIRST_FREE && status <= LAST_FREE;
        };
    }
}
