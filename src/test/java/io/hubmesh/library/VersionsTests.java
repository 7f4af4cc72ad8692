package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Incoming;
import io.hubmesh.storage.Manifest;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class VersionsTests {

    private final HubFixture hub;
    private final Versions versions;
    private final VersionRows rows;
    private final LibraryChanges changes;
    private final LibrarySettings settings;
    private final Blobs blobs;

    private Subject administrator;
    private Resource folder;
    private Resource file;

    VersionsTests(
            HubFixture hub,
            Versions versions,
            VersionRows rows,
            LibraryChanges changes,
            LibrarySettings settings,
            Blobs blobs) {
        this.hub = hub;
        this.versions = versions;
        this.rows = rows;
        this.changes = changes;
        this.settings = settings;
        this.blobs = blobs;
    }

    @BeforeEach
    void scene() {
        administrator = hub.administrator();
        folder = hub.folder();
        file = hub.fileIn(folder, "file.txt", HubFixture.bytes(1));
    }

    @Test
    void aTakenNameBecomesTheNextVersionWhenAskedTo() {
        assertThatThrownBy(() -> bring(Clash.REFUSE, Expected.ANY, 2)).satisfies(is(ProblemCode.NAME_TAKEN));

        Resource after = bring(Clash.VERSION, Expected.ANY, 2);

        assertThat(after.id()).isEqualTo(file.id());
        assertThat(after.name()).isEqualTo("file.txt");
        assertThat(sizes()).containsExactly(2L, 1L);
        assertThat(versions.one(administrator, file.id(), 1).file()).isEqualTo(file.file());
        assertThat(bring(Clash.RENAME, Expected.ANY, 3).name()).isEqualTo("FILE (2).txt");
        assertThat(bring(Clash.VERSION, Expected.ANY, 2).revision()).isEqualTo(after.revision());
    }

    @Test
    void whoReadAnOlderStateReplacesNothing() {
        bring(Clash.VERSION, new Expected(file.revision()), 2);

        assertThatThrownBy(() -> bring(Clash.VERSION, new Expected(file.revision()), 3))
                .satisfies(is(ProblemCode.PRECONDITION_FAILED))
                .hasMessageContaining("brought another version of \"file.txt\"");
        assertThat(sizes()).containsExactly(2L, 1L);
    }

    @Test
    void anEarlierOneBecomesTheNewestAndAllStay() {
        bring(Clash.VERSION, Expected.ANY, 2);

        Resource restored = versions.restore(administrator, file.id(), Expected.ANY, 1);

        assertThat(Objects.requireNonNull(restored.file()).number()).isEqualTo(3);
        assertThat(sizes()).containsExactly(1L, 2L, 1L);
        assertThatThrownBy(() -> versions.restore(administrator, file.id(), Expected.ANY, 9))
                .satisfies(is(ProblemCode.NOT_FOUND));
    }

    @Test
    void earlierOnesAreForThoseWhoWriteAndGoByThoseWhoManage() {
        Subject member = hub.member();
        bring(Clash.VERSION, Expected.ANY, 2);
        hub.grant(member, folder, Level.READ);
        assertThatThrownBy(() -> versions.of(member, file.id())).satisfies(is(ProblemCode.FORBIDDEN));
        assertThatThrownBy(() -> versions.one(member, file.id(), 1)).satisfies(is(ProblemCode.FORBIDDEN));
        hub.grant(member, folder, Level.WRITE);
        assertThat(versions.of(member, file.id())).hasSize(2);
        assertThatThrownBy(() -> versions.remove(member, file.id(), 1)).satisfies(is(ProblemCode.FORBIDDEN));
        hub.grant(member, folder, Level.MANAGE);
        versions.remove(member, file.id(), 1);
        assertThat(versions.of(member, file.id())).hasSize(1);
    }

    @Test
    void asManyStayAsThePolicySays() {
        LibrarySettings.Policy before = settings.now();
        settings.change(administrator, new LibrarySettings.Policy(before.version(), 2, 0, 30));
        for (int size = 2; size <= 5; size++) {
            bring(Clash.VERSION, Expected.ANY, size);
        }
        settings.change(administrator, new LibrarySettings.Policy(before.version() + 1, before.versionsKept(), 0, 30));

        assertThat(sizes()).containsExactly(5L, 4L);
        assertThatThrownBy(() -> settings.change(administrator, before)).satisfies(is(ProblemCode.PRECONDITION_FAILED));
        assertThatThrownBy(() ->
                        settings.change(administrator, new LibrarySettings.Policy(before.version() + 2, -1, 0, 30)))
                .satisfies(is(ProblemCode.INVALID_VALUE));
        assertThatThrownBy(() -> settings.change(hub.member(), before)).satisfies(is(ProblemCode.FORBIDDEN));
    }

    @Test
    void whatHasBeenKeptForLongEnoughGoesAndThePresentOneStays() {
        bring(Clash.VERSION, Expected.ANY, 2);
        bring(Clash.VERSION, Expected.ANY, 3);
        Resource.FileVersion second =
                Objects.requireNonNull(versions.one(administrator, file.id(), 2).file());

        while (versions.removeOlder(second.at()) > 0) {
            assertThat(sizes()).as("made at that moment, not before it").contains(2L);
        }
        assertThat(sizes()).startsWith(3L, 2L);
        while (versions.removeOlder(second.at().plusSeconds(1)) > 0) {
            assertThat(sizes()).startsWith(3L);
        }
        assertThat(sizes()).containsExactly(3L);
    }

    @Test
    void whatAnEarlierOneHoldsIsStillNeeded() {
        Resource odd = bring(Clash.VERSION, Expected.ANY, 7_919); // no other test has a file of that size
        ContentId second = Objects.requireNonNull(odd.file()).contentId();
        bring(Clash.VERSION, Expected.ANY, 2);

        assertThat(rows.holds(second)).isTrue();
        versions.remove(administrator, file.id(), 2);
        assertThat(rows.holds(second)).isFalse();
    }

    private Resource bring(Clash clash, Expected expected, int size) {
        return changes.addFile(
                administrator,
                folder.id(),
                new LibraryChanges.Place("FILE.txt", clash, expected),
                "text/plain",
                content(size));
    }

    private Manifest content(int size) {
        try (Incoming incoming = blobs.receive(size)) {
            incoming.write(HubFixture.bytes(size), 0, size);
            return incoming.finish();
        }
    }

    private List<Long> sizes() {
        return versions.of(administrator, file.id()).stream()
                .map(Resource.FileVersion::size)
                .toList();
    }

    private static Consumer<Throwable> is(ProblemCode code) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(code));
    }
}
