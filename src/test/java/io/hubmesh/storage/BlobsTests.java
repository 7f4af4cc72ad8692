package io.hubmesh.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubFixture;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTests {

    private static final int SIZE = 200_001;
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    private final byte[] bytes = HubFixture.bytes(SIZE);

    @SuppressWarnings("NullAway.Init")
    private Blobs blobs;

    @BeforeEach
    void start() throws IOException {
        blobs = startedAt(NOW);
    }

    @Test
    void aManifestIsReadOnceHoweverOftenItIsAskedFor() throws IOException {
        Manifest manifest = keep(bytes);
        Manifest first = blobs.manifest(manifest.contentId());

        assertThat(blobs.manifest(manifest.contentId())).isSameAs(first);
        assertThat(blobs.find(manifest.contentId()).orElseThrow().size()).isEqualTo(SIZE);
    }

    @Test
    void whatArrivedWholeIsThereByteForByte() throws IOException {
        Manifest manifest = keep(bytes);

        Blob blob = blobs.find(manifest.contentId()).orElseThrow();

        assertThat(Files.readAllBytes(blob.path())).isEqualTo(bytes);
        assertThat(blob.size()).isEqualTo(SIZE);
        assertThat(blob.sha256()).isEqualTo(manifest.sha256());
        assertThat(blobs.manifest(manifest.contentId()))
                .usingRecursiveComparison()
                .isEqualTo(manifest);
        assertThat(manifest.chunkCount()).isEqualTo(4);
        assertThat(manifest.offset(3)).isEqualTo(3 * 65_536);
        assertThat(manifest.length(0)).isEqualTo(65_536);
        assertThat(manifest.length(3)).isEqualTo(SIZE - 3 * 65_536);
        assertThat(filesIn("incoming")).isEmpty();
    }

    @Test
    void anEmptyContentHasNoChunk() {
        Manifest manifest = keep(new byte[0]);

        assertThat(manifest.chunkCount()).isZero();
        assertThat(blobs.find(manifest.contentId())).isPresent();
    }

    @Test
    void tooFewBytesAreNotKept() throws IOException {
        try (Incoming incoming = blobs.receive(SIZE)) {
            incoming.write(bytes, 0, SIZE - 1);
            assertThatThrownBy(incoming::finish).satisfies(is(ProblemCode.UPLOAD_INCOMPLETE));
        }
        assertNothingIsKept();
    }

    @Test
    void tooManyBytesAreNotKept() throws IOException {
        try (Incoming incoming = blobs.receive(SIZE - 1)) {
            assertThatThrownBy(() -> incoming.write(bytes, 0, SIZE)).satisfies(is(ProblemCode.TOO_LARGE));
        }
        assertNothingIsKept();
    }

    @Test
    void whatIsClosedHalfWayLeavesNothing() throws IOException {
        try (Incoming incoming = blobs.receive(SIZE)) {
            incoming.write(bytes, 0, SIZE / 2);
            assertThat(filesIn("incoming")).hasSize(1);
        }
        assertNothingIsKept();
    }

    @Test
    void theSameContentIsStoredOnce() throws IOException {
        Manifest first = keep(bytes);
        Manifest second = keep(bytes);

        assertThat(second.contentId()).isEqualTo(first.contentId());
        assertThat(filesIn("blobs")).hasSize(2); // the blob and its manifest
        assertThat(filesIn("incoming")).isEmpty();
    }

    @Test
    void aRestartForgetsWhatWasArrivingAndKeepsWhatWasWhole() throws IOException {
        Manifest whole = keep(bytes);
        Incoming cutOff = blobs.receive(SIZE);
        cutOff.write(bytes, 0, 10);

        Blobs next = startedAt(NOW);

        assertThat(filesIn("incoming")).isEmpty();
        assertThat(next.find(whole.contentId())).isPresent();
        cutOff.close();
    }

    @Test
    void aContentThatIsNotThereIsNotFound() {
        ContentId absent = new ContentId("0".repeat(64));

        assertThat(blobs.find(absent)).isEmpty();
        assertThatThrownBy(() -> blobs.manifest(absent)).satisfies(is(ProblemCode.NOT_FOUND));
    }

    @Test
    void aSweepTakesWhatNobodyNeedsAndNothingThatJustCame() throws IOException {
        Manifest needed = keep(bytes);
        Manifest unneeded = keep(HubFixture.bytes(10));
        assertThat(blobs.sweep(content -> false)).isZero();

        Blobs later = startedAt(NOW.plus(Duration.ofHours(2)));

        assertThat(later.sweep(needed.contentId()::equals)).isEqualTo(1);
        assertThat(later.find(needed.contentId())).isPresent();
        assertThat(later.find(unneeded.contentId())).isEmpty();
        assertThat(filesIn("blobs")).hasSize(2);
    }

    private Blobs startedAt(Instant now) throws IOException {
        return new Blobs(new StorageSettings(data), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Manifest keep(byte[] content) {
        try (Incoming incoming = blobs.receive(content.length)) {
            incoming.write(content, 0, content.length);
            return incoming.finish();
        }
    }

    private void assertNothingIsKept() throws IOException {
        assertThat(filesIn("incoming")).isEmpty();
        assertThat(filesIn("blobs")).isEmpty();
    }

    private List<Path> filesIn(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve(directory))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static java.util.function.Consumer<Throwable> is(ProblemCode code) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(code));
    }
}
