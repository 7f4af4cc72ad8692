package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import io.hubmesh.start.HubClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens between peers when there are several, when one lies, and when they do not know their own addresses. */
@ExtendWith(OnStage.class)
class MeshStoriesIT {

    /** Flips a bit in every piece of a chunk that the tab sends (byte 0 of a frame says what it is). */
    private static final String LIAR = """
            const honest = RTCDataChannel.prototype.send;
            RTCDataChannel.prototype.send = function (data) {
              const bytes = data instanceof ArrayBuffer ? new Uint8Array(data)
                : ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : undefined;
              if (bytes === undefined || bytes[0] !== 0x10) return honest.call(this, data);
              const lie = bytes.slice();
              lie[lie.length - 1] ^= 1;
              return honest.call(this, lie);
            };
            """;

    /** Bytes a second at which one peer does not bring everything before the link to the other is there. */
    private static final long SLOW = 512 * 1024;

    private final Path folder;

    MeshStoriesIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void severalPeersServeOne(Stage stage) {
        Shared file = new Shared(stage, folder, "many-to-one.jar");
        Person anna = file.holder(stage.person(Stage.ADMINISTRATOR));
        Person ben = file.receiver(stage.person(file.member()), "ben");
        Person cleo = stage.person(file.member());
        List.of(anna, ben).forEach(each -> each.limitUpload(SLOW));
        cleo.openFile(file.name());
        Path saved = folder.resolve("cleo");
        cleo.saveFromPeers(saved);
        assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
        assertThat(cleo.sources())
                .filteredOn(source -> source.startsWith("Peer "))
                .hasSize(2);
        Dresses.pictures(cleo, "receiver-done");
        cleo.go("My peer");
        Dresses.pictures(cleo, "mesh-several-links");
        for (Person person : List.of(anna, ben, cleo)) {
            assertThat(person.complaints()).isEmpty();
        }
    }

    @Test
    void aPeerThatServesWrongBytesIsFoundOut(Stage stage) {
        Shared file = new Shared(stage, folder, "corrupted.jar");
        BrowserContext browser = stage.browsers().start();
        browser.addInitScript(LIAR);
        file.holder(stage.person(Stage.ADMINISTRATOR, stage.address(), browser));
        Person ben = stage.person(file.member());
        ben.openFile(file.name());
        Path saved = folder.resolve("ben");
        ben.saveFromPeers(saved);
        assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
        HubClient reader = stage.administrator();
        Eventually.holds(() -> {
            Overview overview = Overview.of(reader);
            assertThat(overview.transfers(file.resource(), file.member(), "wasted"))
                    .isPositive();
            assertThat(overview.transfers(file.resource(), file.member(), "fromPeers"))
                    .isZero();
            assertThat(overview.transfers(file.resource(), file.member(), "fromHub"))
                    .isEqualTo(file.size());
        });
    }

    @Test
    void browsersThatHideTheirAddressesMeetThroughTheHubsStun(Stage stage) {
        Shared file = new Shared(stage, folder, "hidden.jar");
        Person anna = file.holder(hidden(stage, Stage.ADMINISTRATOR));
        Person ben = hidden(stage, file.member());
        ben.openFile(file.name());
        Path saved = folder.resolve("ben");
        ben.saveFromPeers(saved);
        assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
        assertThat(ben.sources()).anyMatch(source -> source.startsWith("Peer "));
        List<String> candidates = new ArrayList<>(Witness.candidates(anna.page()));
        candidates.addAll(Witness.candidates(ben.page()));
        assertThat(candidates)
                // One end is enough: the other stops looking for its own as soon as the two have met.
                .anyMatch(candidate -> candidate.contains(" typ srflx"))
                .filteredOn(candidate -> candidate.contains(" typ host"))
                .isNotEmpty()
                .allMatch(candidate -> candidate.contains(".local "));
    }

    private static Person hidden(Stage stage, String name) {
        BrowserContext browser = stage.browsers().start(List.of(), new LaunchPersistentContextOptions());
        return stage.person(name, stage.address(), Witness.in(browser));
    }
}
