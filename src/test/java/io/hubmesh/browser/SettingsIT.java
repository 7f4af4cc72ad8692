package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people choose about their peers, and managers about their files, is what peers do. */
@ExtendWith(OnStage.class)
class SettingsIT {

    private static final int MIB = 1024 * 1024;
    private static final long SIZE = 8L * MIB;

    /** A limit is kept, and used: parts of it that a busy machine's rate lies between. */
    private static final double LEAST = 0.3;

    private static final double MOST = 1.15;

    /** For what the hub looks at every 5 s, and pages every 10 s. In milliseconds. */
    private static final double PATIENCE = 60_000;

    private final Path folder;

    SettingsIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void nobodyGivesMoreThanTheyHaveSaid(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "limited.bin", SIZE));
        Person anna = file.holder(stage.person(Stage.ADMINISTRATOR));
        anna.go("My peer");
        Locator most = anna.page().getByLabel("Give at most");
        most.fill("1");
        most.blur();
        Person ben = stage.person(file.member());
        ben.joinMesh();
        ben.openFile(file.name());
        ben.fetchFromPeers();
        Eventually.holds(() -> assertThat(verified(ben, file)).isPositive());
        long began = System.nanoTime();
        long before = verified(ben, file);
        Eventually.holds(() -> assertThat(verified(ben, file)).isEqualTo(SIZE));
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat((SIZE - before) / seconds).isBetween(LEAST * MIB, MOST * MIB);
        assertThat(ben.peer().transfer(file.resource()).fromHub()).isZero();
        anna.page().reload();
        assertThat(anna.page().getByLabel("Give at most")).hasValue("1");
    }

    @Test
    void aFileIsKeptOnAPeerWithoutAnybodyPressing(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "kept.bin", SIZE));
        Person ben = stage.person(file.member());
        ben.joinMesh();
        ben.page().getByLabel("Most, in GiB").fill("1");
        ben.button("Save").click();
        Person anna = stage.person(Stage.ADMINISTRATOR);
        anna.openFile(file.name());
        anna.page().getByLabel("Keep it on at least").fill("1");
        anna.button("Save").click();

        IsVisibleOptions patience = new IsVisibleOptions().setTimeout(PATIENCE);
        assertThat(anna.page().getByText("1 peer holds all of it now.")).isVisible(patience);
        assertThat(ben.page().getByText("1 file, 8.0 MiB, kept on request now")).isVisible(patience);
        assertThat(ben.peer().held(file.resource())).isEqualTo(SIZE);
        ben.openFile(file.name());
        assertThat(ben.page().getByText("This browser keeps the file available for others"))
                .isVisible();
    }

    private static long verified(Person person, Shared file) {
        return person.peer().transfer(file.resource()).verified();
    }
}
