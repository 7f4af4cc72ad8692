package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that the hub begins and peers end. */
@ExtendWith(OnStage.class)
class HubAndPeersIT {

    private static final int MIB = 1024 * 1024;
    private static final long SIZE = 12L * MIB;

    /** Bytes a second at which a story has the time to look. */
    private static final long SLOW = MIB;

    /** So slow that less than half has come by the time that the hub is dead, however busy the machine is. */
    private static final long VERY_SLOW = MIB / 8;

    private final Path folder;

    HubAndPeersIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void anAutomaticDownloadMovesFromTheHubToThePeerThatComes(Stage shared) {
        try (Stage stage = shared.another()) {
            String thrifty = "{\"turn\":[],\"credentialMinutes\":60,\"leases\":\"THRIFTY\",\"graceMinutes\":720}";
            assertThat(stage.administrator()
                            .replace("/api/v1/mesh/settings", thrifty)
                            .statusCode())
                    .isEqualTo(200);
            Shared file = new Shared(stage, folder, RealFile.made(folder, "automatic.bin", SIZE));
            Person anna = file.holder(stage.person(Stage.ADMINISTRATOR));
            anna.go("My peer");
            anna.button("Leave the mesh").click();
            PlaywrightAssertions.assertThat(anna.button("Join the mesh")).isVisible();
            Person ben = stage.person(file.member());
            ben.joinMesh();
            ben.limitDownload(SLOW);
            ben.openFile(file.name());
            ben.page()
                    .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download automatically"))
                    .click();
            Eventually.holds(() -> assertThat(transfer(ben, file).fromHub()).isGreaterThan(2L * MIB));
            assertThat(transfer(ben, file).fromPeers()).isZero();

            anna.button("Join the mesh").click();
            Eventually.holds(() -> assertThat(transfer(ben, file).fromPeers()).isPositive());
            Dresses.pictures(ben, "receiver-running");
            long fromHub = transfer(ben, file).fromHub();
            Path saved = folder.resolve("saved");
            ben.saveKept(saved);
            assertThat(RealFile.sha256(saved)).isEqualTo(file.sha256());
            PeerView.TransferView ended = transfer(ben, file);
            assertThat(ended.fromHub() + ended.fromPeers()).isEqualTo(SIZE);
            assertThat(ended.fromHub() - fromHub)
                    .as("what the hub still sent once a peer had begun")
                    .isLessThan(ended.fromPeers() / 4);
        }
    }

    @Test
    void theTabThatUploadedServesTheRestWhenTheHubDies(Stage shared) {
        try (Stage stage = shared.another()) {
            Path original = RealFile.made(folder, "only-there.bin", SIZE);
            String member = stage.newMember("ben");
            Person anna = stage.person(Stage.ADMINISTRATOR);
            anna.joinMesh();
            anna.go("Library");
            anna.upload(original, "only-there.bin");
            anna.openFile("only-there.bin");
            String resource = anna.resource();
            anna.grantRead(member);
            anna.keeps("only-there.bin");

            Person ben = stage.person(member);
            ben.joinMesh();
            ben.limitDownload(VERY_SLOW);
            ben.openFile("only-there.bin");
            ben.fetchFromPeers();
            Eventually.holds(
                    () -> assertThat(ben.peer().transfer(resource).fromPeers()).isPositive());
            stage.killHub();
            assertThat(ben.peer().transfer(resource).verified()).isLessThan(SIZE / 2);
            ben.limitDownload(0);
            Path saved = folder.resolve("saved");
            ben.saveKept(saved);
            assertThat(RealFile.sha256(saved)).isEqualTo(RealFile.sha256(original));
            assertThat(ben.peer().status()).isEqualTo("lost");
        }
    }

    private static PeerView.TransferView transfer(Person person, Shared file) {
        return person.peer().transfer(file.resource());
    }
}
