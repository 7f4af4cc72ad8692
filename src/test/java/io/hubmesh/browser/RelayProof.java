package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.hubmesh.start.HubClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Browsers between which nothing but a TURN server lets anything through. */
@ExtendWith(OnStage.class)
class RelayProof {

    private static final String SECRET = "what-hub-and-relay-share";
    private static final String SETTINGS = "/api/v1/mesh/settings";

    /** The browser offers and takes no path but one through a relay, as behind two strict firewalls. */
    private static final String RELAY_ONLY = """
            const strict = settings => ({ ...settings, iceTransportPolicy: "relay" });
            const Original = RTCPeerConnection;
            window.RTCPeerConnection = class extends Original {
              constructor(settings) {
                super(strict(settings));
              }
              setConfiguration(settings) {
                super.setConfiguration(strict(settings));
              }
            };
            """;

    private final Path folder;

    RelayProof(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void withoutRelay(Stage stage) {
        assertThat(settle(stage, "[]", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aFileGoesThroughTheRelayAndIsCountedAsRelayed(Stage stage) {
        try (Coturn relay = new Coturn(SECRET, folder.resolve("turnserver.log"))) {
            enter(stage, relay, SECRET);
            Shared file = new Shared(stage, folder, "relayed.jar");
            file.holder(walledIn(stage, Stage.ADMINISTRATOR));
            Person ben = walledIn(stage, file.member());
            ben.openFile(file.name());
            Path saved = folder.resolve("ben");
            ben.saveFromPeers(saved);

            assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
            HubClient reader = stage.administrator();
            Eventually.holds(() -> {
                Overview overview = Overview.of(reader);
                long relayed = overview.transfers(file.resource(), file.member(), "relayed");
                assertThat(relayed)
                        .isPositive()
                        .isEqualTo(overview.transfers(file.resource(), file.member(), "fromPeers"))
                        .isEqualTo(overview.resource(file.resource(), "meshRelayed"));
            });
            ben.go("My peer");
            PlaywrightAssertions.assertThat(ben.page().locator("[data-peer-target=relayed]"))
                    .containsText("relayed");
            assertThat(ben.complaints()).isEmpty();
        }
    }

    @Test
    void aServerThatDoesNotKnowTheSecretLetsNobodyThrough(Stage stage) {
        try (Coturn relay = new Coturn("another-secret-than-the-hubs", folder.resolve("turnserver.log"))) {
            enter(stage, relay, SECRET);
            Shared file = new Shared(stage, folder, "not-relayed.jar");
            file.holder(walledIn(stage, Stage.ADMINISTRATOR));
            Person ben = walledIn(stage, file.member());
            ben.openFile(file.name());
            Path saved = folder.resolve("ben");
            ben.saveFromPeers(saved);

            assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
            HubClient reader = stage.administrator();
            Eventually.holds(() -> assertThat(Overview.of(reader).transfers(file.resource(), file.member(), "fromHub"))
                    .isEqualTo(file.size()));
        }
    }

    private static void enter(Stage stage, Coturn relay, String secret) {
        HttpResponse<String> answer = settle(stage, "[\"" + relay.url() + "\"]", "\"turnSecret\":\"" + secret + "\",");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpResponse<String> settle(Stage stage, String turn, String secret) {
        return stage.administrator()
                .replace(
                        SETTINGS,
                        "{\"turn\":" + turn + "," + secret
                                + "\"credentialMinutes\":60,\"leases\":\"BY_SIZE\",\"graceMinutes\":720}");
    }

    private static Person walledIn(Stage stage, String name) {
        BrowserContext browser = stage.browsers().start(List.of(), new LaunchPersistentContextOptions());
        browser.addInitScript(RELAY_ONLY);
        return stage.person(name, stage.address(), browser);
    }
}
