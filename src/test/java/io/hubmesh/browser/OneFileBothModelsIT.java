package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.hubmesh.start.HubClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The story that Hubmesh is for: one file, delivered by the hub and by a peer, each byte accounted for. */
@ExtendWith(OnStage.class)
class OneFileBothModelsIT {

    /** What the hub may send, of the file's size, while a peer delivers it: pages, manifest, messages. */
    private static final double HUB_SHARE = 0.05;

    private final Path folder;

    OneFileBothModelsIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aLargeFileComesFromTheHubAndFromThePersonWhoUploadedIt(Stage stage) {
        Path original = RealFile.large();
        String name = original.getFileName().toString();
        String sha256 = RealFile.sha256(original);
        long size = RealFile.size(original);

        Person anna = stage.person(Stage.ADMINISTRATOR);
        anna.createAccount("ben", Stage.PASSWORD);
        anna.picture("people");
        anna.joinMesh();
        anna.go("Library");
        anna.upload(original, name);
        anna.picture("library");
        anna.openFile(name);
        anna.grantRead("ben");
        anna.picture("grant");
        String resource = anna.resource();
        anna.keeps(name);
        anna.picture("mesh");

        try (CountingProxy proxy = new CountingProxy(stage.address())) {
            Person ben = stage.person("ben", proxy.address(), stage.browsers().start());
            ben.openFile(name);
            long before = proxy.bytesFromHub();
            Path fromHub = folder.resolve("from-hub");
            ben.saveFromHub(fromHub);
            assertThat(RealFile.sha256(fromHub)).isEqualTo(sha256);
            assertThat(proxy.bytesFromHub() - before).isGreaterThan(size);

            before = proxy.bytesFromHub();
            Path fromPeers = folder.resolve("from-peers");
            ben.saveFromPeers(fromPeers);
            ben.picture("peers");
            assertThat(RealFile.sha256(fromPeers)).isEqualTo(sha256);
            assertThat(proxy.bytesFromHub() - before).isLessThan((long) (size * HUB_SHARE));
            theCountersAddUp(stage.administrator(), resource, size);
            theDashboardShowsThem(anna, name, Overview.of(stage.administrator()), resource);
            anna.picture("dashboard");
            assertThat(ben.complaints()).isEmpty();
        }
        assertThat(anna.complaints()).isEmpty();
    }

    private static void theCountersAddUp(HubClient reader, String resource, long size) {
        Eventually.holds(() -> {
            Overview overview = Overview.of(reader);
            assertThat(overview.resource(resource, "hubBytes")).isEqualTo(size);
            assertThat(overview.resource(resource, "hubDownloads")).isEqualTo(1);
            assertThat(overview.resource(resource, "meshDownloads")).isEqualTo(1);
            long fromHub = overview.resource(resource, "meshFromHub");
            long fromPeers = overview.resource(resource, "meshFromPeers");
            assertThat(fromHub + fromPeers).isEqualTo(size);
            assertThat(fromHub).isLessThan((long) (size * HUB_SHARE));
            assertThat(overview.transfers(resource, "ben", "fromPeers")).isEqualTo(fromPeers);
            assertThat(overview.transfers(resource, "ben", "wasted")).isZero();
        });
    }

    private static void theDashboardShowsThem(Person reader, String name, Overview counters, String resource) {
        reader.go("Dashboard");
        Page page = reader.page();
        PlaywrightAssertions.assertThat(page.locator("[data-dashboard-target=egress]"))
                .hasAttribute(
                        "title",
                        Words.exactBytes(counters.json().at("/egressBytes").asLong()));
        PlaywrightAssertions.assertThat(page.locator("[data-dashboard-target=fromPeers]"))
                .hasAttribute(
                        "title",
                        Words.exactBytes(
                                counters.json().at("/mesh/fromPeersBytes").asLong()));
        Locator row = page.locator("[data-dashboard-target=resources] tr")
                .filter(new Locator.FilterOptions().setHasText(name));
        PlaywrightAssertions.assertThat(row.locator("[data-part=hub]"))
                .containsText(Words.bytes(counters.resource(resource, "hubBytes")) + " · 1 download");
        PlaywrightAssertions.assertThat(row.locator("[data-part=mesh]"))
                .containsText(Words.bytes(counters.resource(resource, "meshFromHub")) + " hub + "
                        + Words.bytes(counters.resource(resource, "meshFromPeers")) + " peers · 1 download");
    }
}
