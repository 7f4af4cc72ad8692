package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Peers that do not leave by themselves: what they were doing ends, and their pages say why. */
@ExtendWith(OnStage.class)
class LeavingIT {

    private static final int MIB = 1024 * 1024;
    private static final long SIZE = 24L * MIB;

    /** Bytes a second: so slow that the file is never whole before its reader is out. */
    private static final long SLOW = MIB / 4;

    private final Path folder;

    LeavingIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whoSignsOutInAnotherTabIsNoPeerAnyMore(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "signed-out.bin", SIZE));
        Person anna = file.holder(stage.person(Stage.ADMINISTRATOR));
        Person ben = reader(stage, file);
        Person other = ben.newTab();
        ben.go("My peer");
        other.signOut();
        cut(ben, anna, file);
        assertThat(ben.page().getByText("Your session has ended. Sign in again."))
                .isVisible();
        assertThat(ben.page().getByText("Mesh: off")).isVisible();
    }

    @Test
    void aPeerThatAnAdministratorDropsIsToldSo(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "dropped.bin", SIZE));
        Person anna = file.holder(stage.person(Stage.ADMINISTRATOR));
        Person ben = reader(stage, file);
        ben.go("My peer");
        String peer = ben.peer().id();
        int answer = stage.administrator()
                .json("DELETE", "/api/v1/mesh/peers/" + peer, "")
                .statusCode();
        assertThat(answer).isEqualTo(204);
        cut(ben, anna, file);
        assertThat(ben.page().getByText("An administrator has put this browser out of the mesh."))
                .isVisible();
        ben.button("Join the mesh").click();
        assertThat(ben.button("Leave the mesh")).isVisible();
        Eventually.holds(() -> {
            assertThat(ben.peer().status()).isEqualTo("joined");
            assertThat(ben.peer().id()).isNotEqualTo(peer);
        });
    }

    /** Somebody in the middle of fetching the file from peers. */
    private static Person reader(Stage stage, Shared file) {
        Person reader = stage.person(
                file.member(), stage.address(), Witness.in(stage.browsers().start()));
        reader.joinMesh();
        reader.limitDownload(SLOW);
        reader.openFile(file.name());
        reader.fetchFromPeers();
        Eventually.holds(() ->
                assertThat(reader.peer().transfer(file.resource()).fromPeers()).isPositive());
        return reader;
    }

    /** Neither end has a link any more, and the file has not come. */
    private static void cut(Person reader, Person holder, Shared file) {
        Eventually.holds(() -> {
            assertThat(Witness.connections(reader.page())).isZero();
            assertThat(reader.peer().status()).isEqualTo("off");
            assertThat(reader.peer().links()).isZero();
            assertThat(holder.peer().links()).isZero();
        });
        assertThat(reader.peer().transfer(file.resource()).verified()).isLessThan(SIZE);
    }
}
