package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import io.hubmesh.start.HubClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A file far larger than a tab may hold in memory goes from tab to tab. */
@ExtendWith(OnStage.class)
@Timeout(value = 1, unit = TimeUnit.HOURS)
class TwoGibibytesProof {

    private static final long SIZE = 2L * 1024 * 1024 * 1024;

    /** What a tab may hold while it uploads, serves or fetches, workers included. In bytes. */
    private static final long MOST_HEAP = 300_000_000;

    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private final Path folder;

    TwoGibibytesProof(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void twoGibibytesGoFromTabToTabInLittleMemory(Stage stage) {
        Path original = RealFile.made(folder, "two-gibibytes.bin", SIZE);
        String name = "two-gibibytes.bin";
        String sha256 = RealFile.sha256(original);
        Figures figures = new Figures(getClass());
        Person anna = stage.person(Stage.ADMINISTRATOR);
        anna.joinMesh();
        anna.go("Library");
        Watched source = new Watched(anna);
        anna.page().locator("#upload-files").setInputFiles(original);
        HubClient administrator = stage.administrator();
        String resource = source.until(() -> listed(administrator, name));
        source.until(() -> {
            assertThat(anna.peer().held(resource)).isEqualTo(SIZE);
            return resource;
        });
        figures.note(
                "uploading and keeping: %.1f MB of heap at most, %d workers",
                source.most() / 1e6, source.heap.workers());

        String ben = stage.newMember("ben");
        administrator.json("PUT", "/api/v1/resources/" + resource + "/grants/" + ben, "{\"level\":\"READ\"}");
        Person reader = stage.person(ben);
        AtomicReference<Download> download = new AtomicReference<>();
        reader.page().onDownload(download::set);
        reader.openFile(name);
        Watched sink = new Watched(reader);
        long began = System.nanoTime();
        reader.fetchFromPeers();
        Download saved = sink.until(() -> {
            source.look();
            assertThat(download.get()).isNotNull();
            return download.get();
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        Path target = folder.resolve("saved");
        saved.saveAs(target);
        assertThat(RealFile.sha256(target)).isEqualTo(sha256);
        PeerView.TransferView transfer = reader.peer().transfer(resource);
        figures.note(
                "fetched: %d bytes from peers, %d from the hub, %.1f s, %.1f MB/s",
                transfer.fromPeers(), transfer.fromHub(), seconds, SIZE / seconds / 1e6);
        figures.note("fetching: %.1f MB of heap at most, %d workers", sink.most() / 1e6, sink.heap.workers());
        figures.note("uploading, keeping and serving: %.1f MB of heap at most", source.most() / 1e6);
        assertThat(transfer.fromPeers()).isGreaterThan(SIZE - SIZE / 20);
        assertThat(sink.heap.workers()).as("workers that were watched").isPositive();
        assertThat(sink.most()).isLessThan(MOST_HEAP);
        assertThat(source.most()).isLessThan(MOST_HEAP);
    }

    private static String listed(HubClient administrator, String name) {
        return JsonMapper.shared()
                .readTree(administrator.get(Shared.ROOT + "/children").body())
                .get("items")
                .valueStream()
                .filter(item -> item.get("name").asString().equals(name))
                .map(item -> item.get("id").asString())
                .findFirst()
                .orElseThrow(() -> new AssertionError("not uploaded yet"));
    }

    /** A tab whose memory is looked at several times a second while something is waited for. */
    private static final class Watched {

        private final TabHeap heap;
        private final AtomicLong most = new AtomicLong();

        Watched(Person person) {
            heap = new TabHeap(person.page());
        }

        void look() {
            most.accumulateAndGet(heap.bytes(), Math::max);
        }

        long most() {
            return most.get();
        }

        <T> T until(Supplier<T> fact) {
            AtomicReference<T> told = new AtomicReference<>();
            Eventually.holds(PATIENCE, () -> {
                look();
                told.set(fact.get());
            });
            return told.get();
        }
    }
}
