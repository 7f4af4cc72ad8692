package io.hubmesh.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentFileTests {

    private static final int SIZE = 3_000_001;
    private static final int TURN = 1024 * 1024;

    private final byte[] content = new byte[SIZE];
    private final AtomicReference<ByteBuffer> shared = SentFile.buffer();
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private final WritableByteChannel willing = Channels.newChannel(arrived);
    private final List<Boolean> ends = new ArrayList<>();
    private final Path path;

    SentFileTests(@TempDir Path folder) {
        path = folder.resolve("blob");
    }

    @BeforeEach
    void fill() throws IOException {
        new Random(5).nextBytes(content);
        Files.write(path, content);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whateverTheSocketTakesAtATimeEachByteArrivesOnce(int seed) throws IOException {
        Random chance = new Random(seed);
        int start = chance.nextInt(SIZE);
        try (SentFile file = file(SIZE - start)) {
            send(file, start, SIZE - start, new Moody(chance));
            assertThat(ends).isEmpty();
        }
        assertThat(ends).containsExactly(true);
        assertThat(arrived.toByteArray()).isEqualTo(Arrays.copyOfRange(content, start, SIZE));
    }

    @Test
    void aSocketThatTakesEverythingHasToWaitForItsTurnToo() throws IOException {
        try (SentFile file = file(SIZE)) {
            assertThat(file.transferTo(0, SIZE, willing)).isEqualTo(TURN);
        }
    }

    @Test
    void noMoreThanWasAskedFor() throws IOException {
        try (SentFile file = file(SIZE)) {
            assertThat(file.transferTo(7, 1000, willing)).isEqualTo(1000);
        }
        assertThat(ends).as("whether all of it has gone").containsExactly(false);
        assertThat(arrived.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 7, 1007));
    }

    @Test
    void twoAtOnceDoNotMixTheirBytes() throws IOException {
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        try (SentFile file = file(SIZE);
                SentFile other = file(SIZE)) {
            send(file, 0, SIZE, new Taking() {
                @Override
                public int write(ByteBuffer from) throws IOException {
                    send(other, second.size(), Math.min(1000, SIZE - second.size()), Channels.newChannel(second));
                    return willing.write(from);
                }
            });
        }
        assertThat(arrived.toByteArray()).isEqualTo(content);
        assertThat(second.toByteArray()).isNotEmpty().isEqualTo(Arrays.copyOf(content, second.size()));
    }

    @Test
    void theBufferComesBackWhenTheSocketBreaks() throws IOException {
        try (SentFile file = file(SIZE)) {
            assertThatThrownBy(() -> file.transferTo(0, SIZE, new Taking() {
                        @Override
                        public int write(ByteBuffer from) throws IOException {
                            throw new IOException("broken pipe");
                        }
                    }))
                    .hasMessage("broken pipe");
        }
        assertThat(shared.get()).isNotNull();
    }

    @Test
    void aFileThatEndsTooEarlyGivesNothingMore() throws IOException {
        try (SentFile file = file(SIZE)) {
            assertThat(file.transferTo(SIZE, 10, willing)).isZero();
            assertThat(file.size()).isEqualTo(SIZE);
        }
    }

    @Test
    void closedItOpensNothing() throws IOException {
        SentFile file = file(SIZE);
        file.close();
        assertThatThrownBy(() -> file.transferTo(0, 1, willing)).isInstanceOf(ClosedChannelException.class);
        assertThat(shared.get()).isNotNull();
    }

    @Test
    void whatIsNotThereIsMissedWhenItIsSent() throws IOException {
        try (SentFile file = new SentFile(path.resolveSibling("gone"), 1, shared, ends::add)) {
            assertThatThrownBy(() -> file.transferTo(0, 1, willing)).isInstanceOf(NoSuchFileException.class);
        }
    }

    private SentFile file(long length) {
        return new SentFile(path, length, shared, ends::add);
    }

    private static void send(SentFile file, long start, long length, WritableByteChannel to) throws IOException {
        for (long sent = 0; sent < length; ) {
            sent += file.transferTo(start + sent, length - sent, to);
        }
    }

    private abstract static class Taking implements WritableByteChannel {

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Takes nothing, a little or much, as a socket does. */
    private final class Moody extends Taking {

        private final Random chance;

        Moody(Random chance) {
            this.chance = chance;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            int most = Math.min(from.remaining(), chance.nextInt(3) == 0 ? 0 : chance.nextInt(200_000));
            ByteBuffer taken = from.slice(from.position(), most);
            from.position(from.position() + most);
            return willing.write(taken);
        }
    }
}
