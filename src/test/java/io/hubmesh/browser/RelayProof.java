package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.hubmesh.start.HubClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Browsers between which nothing but a TURN server lets anything through. */
@ExtendWith(OnStage.class)
class RelayProof {

    private static final String SECRET = "what-hub-and-relay-share";

    private final Path folder;

    RelayProof(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void withoutRelay(Stage stage) {
        Relayed.forget(stage);
    }

    @Test
    void aFileGoesThroughTheRelayAndIsCountedAsRelayed(Stage stage) {
        try (Coturn relay = new Coturn(SECRET, folder.resolve("turnserver.log"))) {
            Relayed.enter(stage, relay, SECRET);
            Shared file = new Shared(stage, folder, "relayed.jar");
            file.holder(Relayed.person(stage, Stage.ADMINISTRATOR));
            Person ben = Relayed.person(stage, file.member());
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
            Relayed.enter(stage, relay, SECRET);
            Shared file = new Shared(stage, folder, "not-relayed.jar");
            file.holder(Relayed.person(stage, Stage.ADMINISTRATOR));
            Person ben = Relayed.person(stage, file.member());
            ben.openFile(file.name());
            Path saved = folder.resolve("ben");
            ben.saveFromPeers(saved);

            assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
            HubClient reader = stage.administrator();
            Eventually.holds(() -> assertThat(Overview.of(reader).transfers(file.resource(), file.member(), "fromHub"))
                    .isEqualTo(file.size()));
        }
    }
}
