package io.hubmesh.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.Fuzz;
import io.hubmesh.HandClock;
import io.hubmesh.HubFixture;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents that arrive over several lives of the hub. */
@SuppressWarnings("NullAway.Init")
class ArrivingTests {

    private static final int SIZE = 1_000_003;
    private static final UUID ID = new UUID(7, 7);

    private final HandClock clock = new HandClock();
    private final byte[] bytes = HubFixture.bytes(SIZE);

    @TempDir
    private Path data;

    private Blobs blobs;
    private Manifest whole;

    @BeforeEach
    void open() throws IOException {
        blobs = new Blobs(new StorageSettings(data), clock);
        try (Incoming once = blobs.receive(SIZE)) {
            once.write(bytes, 0, SIZE);
            whole = once.finish();
        }
        Files.walk(data.resolve("blobs")).filter(Files::isRegularFile).forEach(file -> file.toFile()
                .delete());
    }

    @AfterEach
    void close() {
        blobs.close();
    }

    @Test
    void goesOnWhereItWasCertainWhateverCameBehindThat() throws IOException {
        Incoming first = blobs.begin(ID, SIZE);
        first.write(bytes, 0, 300_000);
        assertThat(first.checkpoint()).isEqualTo(300_000);
        first.write(new byte[9], 0, 9); // never certain: the power goes

        restart(Disk.REAL);
        try (Incoming second = blobs.resume(ID).orElseThrow()) {
            assertThat(second.offset()).isEqualTo(300_000);
            second.write(bytes, 300_000, SIZE - 300_000);
            assertThat(second.finish()).usingRecursiveComparison().isEqualTo(whole);
        }
        assertThat(Files.readAllBytes(
                        blobs.find(whole.contentId()).orElseThrow().path()))
                .isEqualTo(bytes);
    }

    @Test
    void anInterruptedEntryInTheJournalLeavesTheOneBefore() throws IOException {
        try (Incoming first = blobs.begin(ID, SIZE)) {
            first.write(bytes, 0, 100_000);
            first.checkpoint();
            first.write(bytes, 100_000, 100_000);
            first.checkpoint();
        }
        try (RandomAccessFile journal =
                new RandomAccessFile(data.resolve("incoming/" + ID + ".journal").toFile(), "rw")) {
            journal.seek(64 + 10); // the second entry stands in the first slot
            journal.write(0x55);
        }
        restart(Disk.REAL);

        try (Incoming second = blobs.resume(ID).orElseThrow()) {
            assertThat(second.offset()).isEqualTo(100_000);
            second.write(bytes, 100_000, SIZE - 100_000);
            assertThat(second.finish()).usingRecursiveComparison().isEqualTo(whole);
        }
    }

    @Test
    void whatWasTakenBackIsHashedAsIfItHadNeverCome() {
        try (Incoming incoming = blobs.begin(ID, SIZE)) {
            incoming.write(bytes, 0, 70_000);
            incoming.mark();
            incoming.write(new byte[400_000], 0, 400_000);
            assertThat(incoming.offset()).isEqualTo(70_000);
            assertThat(incoming.checkpoint()).isEqualTo(70_000);
            incoming.back();
            incoming.write(bytes, 70_000, SIZE - 70_000);

            assertThat(incoming.finish()).usingRecursiveComparison().isEqualTo(whole);
        }
    }

    @Test
    void aFullDiskLosesNothingThatWasCertain() throws IOException {
        FullDisk full = new FullDisk(500_000);
        restart(full);
        Incoming first = blobs.begin(ID, SIZE);
        first.write(bytes, 0, 400_000);
        assertThat(first.checkpoint()).isEqualTo(400_000);
        assertThatThrownBy(() -> first.write(bytes, 400_000, 200_000))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.STORAGE_FULL));
        first.close();
        full.left.set(Long.MAX_VALUE);

        try (Incoming second = blobs.resume(ID).orElseThrow()) {
            assertThat(second.offset()).isEqualTo(400_000);
            second.write(bytes, 400_000, SIZE - 400_000);
            assertThat(second.finish()).usingRecursiveComparison().isEqualTo(whole);
        }
    }

    @Test
    void whatHasArrivedIsNotSweptHoweverLateItEntersTheLibrary() throws IOException {
        try (Incoming incoming = blobs.begin(ID, SIZE)) {
            incoming.write(bytes, 0, SIZE);
            incoming.finish();
        }
        restart(Disk.REAL);
        clock.turn(Duration.ofDays(2));

        assertThat(blobs.sweep(content -> false)).isZero();
        assertThat(blobs.finished(ID)).get().usingRecursiveComparison().isEqualTo(whole);

        blobs.discard(ID);
        assertThat(blobs.sweep(content -> false)).isEqualTo(1);
        assertThat(blobs.finished(ID)).isEmpty();
        assertThat(blobs.resume(ID)).isEmpty();
    }

    /** Random pieces, checkpoints, bytes taken back and losses of power, until all has come. */
    @Test
    void whateverHappensOnTheWayTheContentIsRight() {
        Fuzz.tries(60, fuzz -> {
            UUID id = UUID.randomUUID();
            PowerCuts power = new PowerCuts(fuzz);
            restart(power);
            Incoming incoming = blobs.begin(id, SIZE);
            long certain = 0;
            while (incoming.offset() < SIZE) {
                switch (fuzz.below(8)) {
                    case 0 -> certain = incoming.checkpoint();
                    case 1 -> {
                        incoming.mark();
                        incoming.write(new byte[1000], 0, (int) Math.min(1000, SIZE - incoming.offset()));
                        incoming.back();
                    }
                    case 2 -> {
                        incoming.close();
                        power.cut(data.resolve("incoming/" + id + ".bytes"));
                        restart(power);
                        incoming = blobs.resume(id).orElseThrow();
                        assertThat(incoming.offset()).isGreaterThanOrEqualTo(certain);
                    }
                    default -> {
                        int from = (int) incoming.offset();
                        incoming.write(bytes, from, Math.min(1 + fuzz.below(150_000), SIZE - from));
                    }
                }
            }
            assertThat(incoming.finish()).usingRecursiveComparison().isEqualTo(whole);
            incoming.close();
            blobs.discard(id);
        });
    }

    private void restart(Disk disk) {
        blobs.close();
        try {
            blobs = new Blobs(new StorageSettings(data), clock, disk);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Takes so many bytes and no more. */
    private static final class FullDisk implements Disk {

        private final AtomicLong left;

        FullDisk(long room) {
            left = new AtomicLong(room);
        }

        @Override
        public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
            if (left.addAndGet(-bytes.remaining()) < 0) {
                bytes.limit(bytes.position() + bytes.remaining() / 2);
                Disk.REAL.write(file, bytes, position); // as a real one does, it takes a part
                throw new IOException("No space left on device");
            }
            Disk.REAL.write(file, bytes, position);
        }
    }

    /** Loses, when the power goes, what was written behind the last force: it is nonsense, or not there. */
    private static final class PowerCuts implements Disk {

        private final Fuzz fuzz;
        private long forced;

        PowerCuts(Fuzz fuzz) {
            this.fuzz = fuzz;
        }

        @Override
        public void force(FileChannel file) throws IOException {
            file.force(false);
            ByteBuffer head = ByteBuffer.allocate(4);
            file.read(head, 0);
            if (!Arrays.equals(head.array(), new byte[] {'H', 'M', 'J', '1'})) {
                forced = file.size();
            }
        }

        void cut(Path file) {
            try (RandomAccessFile lost = new RandomAccessFile(file.toFile(), "rw")) {
                long from = Math.min(forced, lost.length());
                if (fuzz.below(2) == 0) {
                    lost.setLength(from);
                } else {
                    byte[] nonsense = new byte[(int) (lost.length() - from)];
                    Arrays.fill(nonsense, (byte) 0x5a);
                    lost.seek(from);
                    lost.write(nonsense);
                }
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }
    }
}
