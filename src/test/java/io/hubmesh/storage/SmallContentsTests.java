package io.hubmesh.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import io.hubmesh.HubFixture;
import io.hubmesh.kernel.ContentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallContentsTests {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @SuppressWarnings("NullAway.Init")
    private Blobs blobs;

    @BeforeEach
    void open() throws IOException {
        blobs = new Blobs(new StorageSettings(data), new HandClock());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, SmallContents.LARGEST})
    void aSmallContentIsReadFromTheDiskOnce(int size) {
        Manifest manifest = keep(HubFixture.bytes(size));

        ByteBuffer first = found(manifest).memory();

        assertThat(first).isEqualTo(ByteBuffer.wrap(HubFixture.bytes(size)));
        assertThat(found(manifest).memory()).isSameAs(first);
    }

    @Test
    void nobodyWritesToIt() {
        assertThat(found(keep(HubFixture.bytes(100))).memory()).matches(ByteBuffer::isReadOnly);
    }

    @Test
    void aLargerOneStaysOnTheDisk() {
        assertThat(found(keep(HubFixture.bytes(SmallContents.LARGEST + 1))).memory())
                .isNull();
    }

    @Test
    void whatIsGoneFromTheDiskIsGone() throws IOException {
        Manifest manifest = keep(HubFixture.bytes(100));
        Files.delete(found(manifest).path());

        assertThat(blobs.find(manifest.contentId())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, SmallContents.LARGEST + 100})
    void aDamagedFileIsNotTakenForTheContent(int size) throws IOException {
        byte[] bytes = HubFixture.bytes(100);
        Manifest manifest = keep(bytes);
        Path file = found(manifest).path();
        Blobs again = new Blobs(new StorageSettings(data), new HandClock());
        Files.write(file, new byte[size]);
        assertThat(memory(again, manifest)).isNull();

        Files.write(file, bytes);

        assertThat(memory(again, manifest)).isEqualTo(ByteBuffer.wrap(bytes));
    }

    @Test
    void manyTakeNoMoreThanTheirShare() throws IOException {
        SmallContents small = new SmallContents();
        List<Manifest> manifests = new ArrayList<>();
        Path file = data.resolve("content");
        for (int number = 0; number < 2 * SmallContents.MOST_BYTES / SmallContents.LARGEST; number++) {
            byte[] bytes = HubFixture.bytes(SmallContents.LARGEST);
            ByteBuffer.wrap(bytes).putInt(number);
            Files.write(file, bytes);
            manifests.add(manifest(bytes));
            assertThat(small.of(manifests.get(number), file)).isEqualTo(ByteBuffer.wrap(bytes));
        }
        Files.delete(file);

        long kept = manifests.stream()
                .filter(manifest -> small.of(manifest, file) != null)
                .count();

        assertThat(kept * SmallContents.LARGEST).isPositive().isLessThanOrEqualTo(SmallContents.MOST_BYTES);
    }

    private static Manifest manifest(byte[] bytes) {
        String sha256 = HexFormat.of().formatHex(MerkleTree.sha256().digest(bytes));
        return new Manifest(new ContentId(sha256), bytes.length, bytes.length, sha256, new byte[0]);
    }

    private Blob found(Manifest manifest) {
        return blobs.find(manifest.contentId()).orElseThrow();
    }

    private static @Nullable ByteBuffer memory(Blobs blobs, Manifest manifest) {
        return blobs.find(manifest.contentId()).orElseThrow().memory();
    }

    private Manifest keep(byte[] bytes) {
        try (Incoming incoming = blobs.receive(bytes.length)) {
            incoming.write(bytes, 0, bytes.length);
            return incoming.finish();
        }
    }
}
