package io.hubmesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a blocking answer is for the socket: the connector writes its head, then its body in pieces, and flushes. */
class HubEndpointTests {

    /** Of a connection, as the hub sets it. In bytes. */
    private static final int BUFFER = 4096;

    private static final int HEAD = 900;

    private final Random chance = new Random(7);
    private final Taking socket = new Taking();

    @ParameterizedTest
    @CsvSource({"100, 1", "3196, 1", "4096, 1", "16384, 1", "20480, 2"})
    void aHeadAndASmallBodyGoInOneCall(int body, int calls) throws IOException {
        byte[] answer = bytes(HEAD + body);
        write(answer, HEAD);
        assertThat(socket.taken.toByteArray()).isEqualTo(answer);
        assertThat(socket.calls).isEqualTo(calls);
    }

    @Test
    void ofWhateverTheSocketTakesEachByteGoesOnce() throws IOException {
        socket.most = 2 * BUFFER;
        for (int turn = 0; turn < 200; turn++) {
            socket.taken.reset();
            byte[] answer = bytes(1 + chance.nextInt(100_000));
            write(answer, chance.nextInt(answer.length), chance.nextInt(answer.length));
            assertThat(socket.taken.toByteArray()).isEqualTo(answer);
        }
    }

    /** In parts that end there. */
    private void write(byte[] answer, int... ends) throws IOException {
        SocketWrapperBase<NioChannel> connection = new HubEndpoint().connection(socket);
        Arrays.sort(ends);
        int begin = 0;
        for (int end : ends) {
            write(connection, answer, begin, end);
            begin = end;
        }
        write(connection, answer, begin, answer.length);
        connection.flush(true);
    }

    private static void write(SocketWrapperBase<NioChannel> connection, byte[] answer, int begin, int end)
            throws IOException {
        ByteBuffer part = ByteBuffer.wrap(answer, begin, end - begin);
        connection.write(true, part);
        assertThat(part.position()).isEqualTo(end);
        assertThat(part.limit()).isEqualTo(end);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        chance.nextBytes(bytes);
        return bytes;
    }

    /** A socket that takes any number of bytes from one up, or all of them. */
    private final class Taking extends NioChannel {

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int most;
        private int calls;

        Taking() {
            super(new SocketBufferHandler(BUFFER, BUFFER, true));
        }

        @Override
        public int write(ByteBuffer from) {
            return (int) write(new ByteBuffer[] {from});
        }

        @Override
        public long write(ByteBuffer[] from) {
            return write(from, 0, from.length);
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            int left = most == 0 ? Integer.MAX_VALUE : 1 + chance.nextInt(most);
            long before = taken.size();
            for (ByteBuffer each : Arrays.asList(from).subList(offset, offset + length)) {
                byte[] some = new byte[Math.min(left, each.remaining())];
                each.get(some);
                taken.writeBytes(some);
                left -= some.length;
            }
            if (taken.size() > before) {
                calls++;
            }
            return taken.size() - before;
        }
    }
}
