package io.hubmesh.mesh.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of one client apart and puts its messages together (RFC 6455, section 5). Keeps only what is not whole yet, so
 * that it costs nothing while nothing comes. Pure, and not safe for threads.
 */
final class FrameReader {

    /** Why a socket is closed (RFC 6455, section 7.4.1). */
    static final int NORMAL = 1000;

    static final int PROTOCOL_ERROR = 1002;
    static final int UNSUPPORTED = 1003;
    static final int NOT_UTF_8 = 1007;
    static final int TOO_BIG = 1009;

    /** Frames of one message; each costs a copy of those before it, and no browser cuts what fits a message. */
    static final int MOST_FRAGMENTS = 64;

    private static final int RESERVED_BITS = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int HEAD_BYTES = 2;
    private static final int MASK_BYTES = 4;

    /** The decoder puts it where something is no UTF-8; a text may also hold it as it is. */
    private static final char REPLACEMENT = '\uFFFD';

    /** Who hears what has come. */
    interface Listener {

        void text(String message);

        void ping(byte[] payload);

        void pong();

        /** The client ends it, and is to be answered with that status. Nothing else is heard afterwards. */
        void closed(int answer);

        /** The client has broken the rules: that status is to tell it. Nothing else is heard afterwards. */
        void broken(int status);
    }

    private final int most;
    private final Listener listener;
    private @Nullable ByteBuffer rest;
    private byte @Nullable [] begun;
    private int fragments;
    private boolean over;

    /** @param most bytes that a message may have */
    FrameReader(int most, Listener listener) {
        this.most = most;
        this.listener = listener;
    }

    /** Takes all bytes that have come; they may be used again afterwards. */
    void read(ByteBuffer come) {
        if (over) {
            return;
        }
        ByteBuffer bytes = withRest(come);
        while (!over && frame(bytes)) {
            // one frame after the other
        }
        keep(bytes);
    }

    /** What is left of a frame that is not whole, in a buffer of its own. */
    private void keep(ByteBuffer bytes) {
        if (over || !bytes.hasRemaining()) {
            rest = null;
        } else if (bytes != rest) {
            rest = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        }
    }

    /** Grows twofold, so that a frame that comes byte by byte is not copied with every byte. */
    private ByteBuffer withRest(ByteBuffer come) {
        ByteBuffer before = rest;
        if (before == null) {
            return come;
        }
        int needed = before.remaining() + come.remaining();
        if (before.capacity() - before.limit() >= come.remaining()) {
            int end = before.limit();
            before.limit(end + come.remaining()).put(end, come, come.position(), come.remaining());
            come.position(come.limit());
            return before;
        }
        rest = ByteBuffer.allocate(Math.max(needed, 2 * before.remaining()))
                .put(before)
                .put(come)
                .flip();
        return rest;
    }

    /** @return false when the next frame is not whole */
    private boolean frame(ByteBuffer bytes) {
        int at = bytes.position();
        if (bytes.remaining() < HEAD_BYTES) {
            return false;
        }
        int first = bytes.get(at);
        int second = bytes.get(at + 1);
        int broken = brokenRule(first, second);
        if (broken != 0) {
            listener.broken(end(broken));
            return false;
        }
        int lengthBytes = lengthBytes(second & LENGTH);
        int head = HEAD_BYTES + lengthBytes + MASK_BYTES;
        if (bytes.remaining() < head) {
            return false;
        }
        long length = length(bytes, at + HEAD_BYTES, second & LENGTH);
        if (length < 0 || length > most - (begun == null ? 0 : begun.length)) {
            listener.broken(end(TOO_BIG));
            return false;
        }
        if (bytes.remaining() < head + length) {
            return false;
        }
        bytes.position(at + head);
        byte[] payload = new byte[(int) length];
        bytes.get(payload);
        unmask(payload, bytes.getInt(at + head - MASK_BYTES));
        take(first, payload);
        return true;
    }

    private int brokenRule(int first, int second) {
        int opcode = first & OPCODE;
        boolean whole = (first & Frame.FINAL) != 0;
        if ((first & RESERVED_BITS) != 0 || (second & MASKED) == 0) {
            return PROTOCOL_ERROR;
        }
        return switch (opcode) {
            case Frame.CONTINUATION -> begun == null ? PROTOCOL_ERROR : 0;
            case Frame.TEXT -> begun == null ? 0 : PROTOCOL_ERROR;
            case Frame.BINARY -> UNSUPPORTED;
            case Frame.CLOSE, Frame.PING, Frame.PONG ->
                whole && (second & LENGTH) <= Frame.CONTROL_BYTES ? 0 : PROTOCOL_ERROR;
            default -> PROTOCOL_ERROR;
        };
    }

    private void take(int first, byte[] payload) {
        int opcode = first & OPCODE;
        if ((opcode & CONTROL) == 0) {
            data((first & Frame.FINAL) != 0, payload);
        } else if (opcode == Frame.PING) {
            listener.ping(payload);
        } else if (opcode == Frame.PONG) {
            listener.pong();
        } else if (opcode == Frame.CLOSE) {
            listener.closed(end(CloseCode.answerTo(payload)));
        }
    }

    private void data(boolean last, byte[] payload) {
        byte[] before = begun;
        byte[] message = payload;
        fragments = before == null ? 1 : fragments + 1;
        if (fragments > MOST_FRAGMENTS) {
            listener.broken(end(TOO_BIG));
            return;
        }
        if (before != null) {
            message = Arrays.copyOf(before, before.length + payload.length);
            System.arraycopy(payload, 0, message, before.length, payload.length);
        }
        begun = last ? null : message;
        if (last) {
            String text = text(message);
            if (text == null) {
                listener.broken(end(NOT_UTF_8));
            } else {
                listener.text(text);
            }
        }
    }

    private int end(int status) {
        over = true;
        rest = null;
        begun = null;
        return status;
    }

    /** Null when it is not UTF-8. */
    static @Nullable String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }

    private static int lengthBytes(int length) {
        return switch (length) {
            case Frame.TWO_BYTES -> Short.BYTES;
            case Frame.EIGHT_BYTES -> Long.BYTES;
            default -> 0;
        };
    }

    private static long length(ByteBuffer bytes, int at, int length) {
        return switch (length) {
            case Frame.TWO_BYTES -> Short.toUnsignedLong(bytes.getShort(at));
            case Frame.EIGHT_BYTES -> bytes.getLong(at);
            default -> length;
        };
    }

    private static void unmask(byte[] payload, int mask) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        long twice = ((long) mask << Integer.SIZE) | Integer.toUnsignedLong(mask);
        int whole = payload.length - payload.length % Long.BYTES;
        for (int index = 0; index < whole; index += Long.BYTES) {
            bytes.putLong(index, bytes.getLong(index) ^ twice);
        }
        for (int index = whole; index < payload.length; index++) {
            payload[index] ^= (byte) (mask >>> (24 - 8 * (index & 3)));
        }
    }
}
