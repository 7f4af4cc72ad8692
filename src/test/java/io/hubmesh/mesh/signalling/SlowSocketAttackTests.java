package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.swarm.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Who opens a connection, sends part of something and waits, loses it: a place is not held by doing nothing. */
@TestPropertySource(properties = "server.tomcat.connection-timeout=1s")
class SlowSocketAttackTests extends MeshStories {

    /** Milliseconds in which the hub must have ended the connection. */
    private static final int PATIENCE = 20_000;

    /** Milliseconds between the bytes of a handshake that never ends, well below the timeout for one of them. */
    private static final int BETWEEN_BYTES = 100;

    /** A text frame (RFC 6455, section 5.2), the last of its message, masked, 100 bytes, of which two follow. */
    private static final byte[] HALF_A_FRAME = {(byte) 0x81, (byte) (0x80 | 100), 1, 2, 3, 4, 'x', 'y'};

    /** The first frame of a message that goes on, whole: one byte, masked with nothing. */
    private static final byte[] HALF_A_MESSAGE = {0x01, (byte) 0x81, 0, 0, 0, 0, '{'};

    /** The first byte of the answer; no header has it. */
    private static final int PONG = 0x8A;

    private static final int CLOSE = 0x88;

    private static final byte[] HEAD_OF_70_000_BYTES = {
        (byte) 0x81, (byte) (0x80 | 127), 0, 0, 0, 0, 0, 0x01, 0x11, 0x70, 0, 0, 0, 0
    };

    private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};

    SlowSocketAttackTests(MeshWorld world) {
        super(world);
    }

    @Test
    void aConnectionThatSaysNothing() throws Exception {
        assertThat(endsAfter("")).isTrue();
    }

    @Test
    void halfAHandshake() throws Exception {
        assertThat(endsAfter("GET /api/v1/mesh/socket HTTP/1.1\r\nHost: localhost\r\nUpgr"))
                .isTrue();
    }

    @Test
    void aHandshakeByteByByte() throws Exception {
        try (Socket socket = connected()) {
            socket.setSoTimeout(BETWEEN_BYTES);
            byte[] start =
                    "GET /api/v1/mesh/socket HTTP/1.1\r\nHost: localhost\r\nX: ".getBytes(StandardCharsets.US_ASCII);
            int sent = 0;
            while (sent * BETWEEN_BYTES < PATIENCE && !isEndedAfter(socket, sent < start.length ? start[sent] : 'x')) {
                sent++;
            }
            assertThat(sent * BETWEEN_BYTES).isLessThan(PATIENCE);
        }
    }

    /** Sends a byte and waits for an answer that only says that it is over. */
    private static boolean isEndedAfter(Socket socket, int next) {
        try {
            socket.getOutputStream().write(next);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException goesOn) {
            return false;
        } catch (IOException ended) {
            return true;
        }
    }

    @Test
    void halfAFrame() throws Exception {
        assertThat(endsInSilence(HALF_A_FRAME)).isTrue();
    }

    @Test
    void halfAMessage() throws Exception {
        assertThat(endsInSilence(HALF_A_MESSAGE)).isTrue();
    }

    @Test
    void countlessPings() throws Exception {
        try (Socket socket = open()) {
            ByteBuffer many = ByteBuffer.allocate(PING.length * 2_000);
            while (many.hasRemaining()) {
                many.put(PING);
            }
            socket.getOutputStream().write(many.array());
            assertThat(isEnded(socket.getInputStream())).isTrue();
        }
    }

    /**
     * Read from the connection itself: the JDK's client forgets the status when the end of the stream reaches it before its listener has run,
     * and says 1006.
     */
    @Test
    void aMessageThatIsTooLargeIsToldSo() throws Exception {
        try (Socket socket = open()) {
            socket.getOutputStream().write(HEAD_OF_70_000_BYTES);
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo(CLOSE);
            in.read();
            assertThat(in.read() << Byte.SIZE | in.read()).isEqualTo(1009);
        }
    }

    private boolean endsAfter(String start) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
            return isEnded(socket.getInputStream());
        }
    }

    /** The hub says bye and closes; the other side answers nothing, and does not hang up by itself. */
    private boolean endsInSilence(byte[] frames) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(frames);
            socket.getOutputStream().flush();
            world.clock().shift(Limits.SILENCE);
            world.upkeep().dropSilent();
            return isEnded(socket.getInputStream());
        }
    }

    /** A socket of a member that the hub has opened: it answers a ping. */
    private Socket open() throws IOException {
        Socket socket = connected();
        String request = "GET /api/v1/mesh/socket HTTP/1.1\r\nHost: localhost:" + world.port()
                + "\r\nAuthorization: Bearer " + anna.token()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(PING);
        InputStream in = socket.getInputStream();
        assertThat(in.readNBytes(12)).asString().isEqualTo("HTTP/1.1 101");
        int last = in.read();
        while (last >= 0 && last != PONG) {
            last = in.read();
        }
        assertThat(in.read()).isZero();
        return socket;
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket("localhost", world.port());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    /** Whether the hub ends it before the patience does. */
    private static boolean isEnded(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // whatever the hub has to say before it hangs up
        }
        return true;
    }
}
