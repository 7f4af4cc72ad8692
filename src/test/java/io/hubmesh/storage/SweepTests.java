package io.hubmesh.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class SweepTests {

    private final HandClock clock = new HandClock();
    private Blobs blobs;

    @BeforeEach
    void open(@TempDir Path data) throws Exception {
        blobs = new Blobs(new StorageSettings(data), clock);
    }

    @Test
    void removesWhatNobodyNeedsAndKeepsWhatSomebodyDoes() {
        Manifest needed = bring("needed");
        Manifest left = bring("left");
        clock.turn(Duration.ofHours(2));

        assertThat(blobs.sweep(needed.contentId()::equals)).isEqualTo(1);
        assertThat(blobs.find(needed.contentId())).isPresent();
        assertThat(blobs.find(left.contentId())).isEmpty();
    }

    @Test
    void waitsForAnUploadThatIsNotInTheLibraryYet() {
        Manifest fresh = bring("fresh");

        assertThat(blobs.sweep(content -> false)).isZero();
        assertThat(blobs.find(fresh.contentId())).isPresent();
    }

    @Test
    void waitsAgainWhenTheSameBytesCameAgain() {
        Manifest old = bring("same bytes");
        clock.turn(Duration.ofHours(2));
        bring("same bytes");

        assertThat(blobs.sweep(content -> false)).isZero();
        assertThat(blobs.find(old.contentId())).isPresent();
    }

    @Test
    void takesTheSameBytesAgainAfterTheyWereRemoved() {
        Manifest first = bring("again");
        clock.turn(Duration.ofHours(2));
        blobs.sweep(content -> false);

        assertThat(bring("again").contentId()).isEqualTo(first.contentId());
        assertThat(blobs.find(first.contentId())).isPresent();
    }

    private Manifest bring(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Incoming incoming = blobs.receive(bytes.length)) {
            incoming.write(bytes, 0, bytes.length);
            return incoming.finish();
        }
    }
}
