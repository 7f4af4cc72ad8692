package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LibraryTests {

    private final HubFixture hub;
    private final Library library;
    private final FolderLists lists;
    private final LibraryChanges changes;
    private final Trash trash;
    private final Permissions permissions;

    LibraryTests(
            HubFixture hub,
            Library library,
            FolderLists lists,
            LibraryChanges changes,
            Trash trash,
            Permissions permissions) {
        this.hub = hub;
        this.library = library;
        this.lists = lists;
        this.changes = changes;
        this.trash = trash;
        this.permissions = permissions;
    }

    @Test
    void anAdministratorEntersAtTheTop() {
        Resource folder = hub.folder();

        assertThat(entrances(hub.administrator())).contains(folder);
    }

    @Test
    void aMemberEntersWhereAGrantBegins() {
        Subject member = hub.member();
        Resource outer = hub.folder();
        Resource inner = hub.folderIn(outer, "inner");
        Resource file = hub.fileIn(hub.folder(), "alone", HubFixture.bytes(1));
        assertThat(entrances(member)).isEmpty();
        hub.grant(member, inner, Level.READ);
        hub.grant(member, file, Level.READ);
        assertThat(entrances(member)).containsExactly(inner, file);
        hub.grant(member, outer, Level.READ);
        assertThat(entrances(member)).containsExactly(outer, file);
    }

    @Test
    void aPathShowsNothingAboveTheEntrance() {
        Subject member = hub.member();
        Resource outer = hub.folder();
        Resource inner = hub.folderIn(outer, "inner");
        Resource file = hub.fileIn(inner, "file", HubFixture.bytes(1));
        hub.grant(member, inner, Level.READ);

        assertThat(library.path(member, file.id())).containsExactly(inner, file);
    }

    @Test
    void aMemberReadsOnlyWhatIsGrantedOfManyThings() {
        Subject member = hub.member();
        Resource granted = hub.file(HubFixture.bytes(1));
        Resource other = hub.file(HubFixture.bytes(1));
        hub.grant(member, granted, Level.READ);
        ResourceId absent = ResourceId.of("00000000-0000-0000-0000-00000000dead");

        assertThat(library.readable(member, List.of(granted.id(), other.id(), absent)))
                .containsOnlyKeys(granted.id());
    }

    @Test
    void twinsInOneFolderAreRefused() {
        Resource folder = hub.folder();
        hub.folderIn(folder, "\u00dcbung");

        for (String twin : List.of("\u00dcbung", "U\u0308bung", "\u00fcBUNG", "  \u00dcbung ")) {
            assertThatThrownBy(() -> hub.folderIn(folder, twin)).satisfies(is(ProblemCode.NAME_TAKEN));
        }
        assertThat(hub.folderIn(hub.folder(), "\u00dcbung").name()).isEqualTo("\u00dcbung");
    }

    @Test
    void aNameChangesItsCaseAndNotIntoAnothers() {
        Resource folder = hub.folder();
        Resource one = hub.folderIn(folder, "one");
        hub.folderIn(folder, "two");

        assertThat(changes.rename(hub.administrator(), one.id(), Expected.ANY, "ONE")
                        .name())
                .isEqualTo("ONE");
        assertThatThrownBy(() -> changes.rename(hub.administrator(), one.id(), Expected.ANY, "Two"))
                .satisfies(is(ProblemCode.NAME_TAKEN));
        assertThatThrownBy(() -> changes.rename(hub.administrator(), one.id(), Expected.ANY, "../two"))
                .satisfies(is(ProblemCode.INVALID_NAME));
    }

    @Test
    void whatIsDeletedIsGoneWithAllBelowItAndItsGrants() {
        Subject member = hub.member();
        Resource outer = hub.folder();
        Resource inner = hub.folderIn(outer, "inner");
        Resource file = hub.fileIn(inner, "file", HubFixture.bytes(1));
        hub.grant(member, inner, Level.READ);
        hub.grant(member, file, Level.MANAGE);

        trash.delete(hub.administrator(), outer.id(), Expected.ANY);

        for (Resource gone : List.of(outer, inner, file)) {
            assertThatThrownBy(() -> library.require(hub.administrator(), gone.id(), Level.READ))
                    .satisfies(is(ProblemCode.NOT_FOUND));
        }
        assertThat(entrances(member)).isEmpty();
        trash.remove(hub.administrator(), outer.id());
        assertThat(permissions.of(member.accountId())).isEmpty();
    }

    @Test
    void theTopFolderStays() {
        assertThatThrownBy(() -> trash.delete(hub.administrator(), ResourceId.ROOT, Expected.ANY))
                .satisfies(is(ProblemCode.ROOT_IS_FIXED));
        assertThatThrownBy(() -> changes.rename(hub.administrator(), ResourceId.ROOT, Expected.ANY, "mine"))
                .satisfies(is(ProblemCode.ROOT_IS_FIXED));
    }

    @Test
    void foldersAreOnlySoDeep() {
        List<Resource> down = new ArrayList<>(List.of(hub.folder()));
        assertThatThrownBy(() -> {
                    while (down.size() < 100) {
                        down.add(hub.folderIn(down.get(down.size() - 1), "deeper"));
                    }
                })
                .satisfies(is(ProblemCode.INVALID_VALUE));
        Subject member = hub.member();
        hub.grant(member, down.get(0), Level.READ);
        assertThat(library.decide(member, Level.READ, down.get(down.size() - 1).id())
                        .allowed())
                .isTrue();
    }

    @Test
    void ofManyWhoTakeANameAtOnceOneGetsIt() throws Exception {
        int people = 8;
        Resource folder = hub.folder();
        CyclicBarrier together = new CyclicBarrier(people);
        ExecutorService threads = Executors.newFixedThreadPool(people);
        Callable<String> attempt = () -> {
            together.await(30, TimeUnit.SECONDS);
            try {
                hub.folderIn(folder, "wanted");
                return "made";
            } catch (ProblemException problem) {
                return problem.code().code();
            }
        };
        List<String> outcomes = new ArrayList<>();
        for (Future<String> outcome : threads.invokeAll(java.util.Collections.nCopies(people, attempt))) {
            outcomes.add(outcome.get());
        }
        threads.shutdown();

        assertThat(outcomes)
                .containsOnlyOnce("made")
                .filteredOn("name-taken"::equals)
                .hasSize(people - 1);
        assertThat(hub.childrenOf(folder)).hasSize(1);
    }

    @Test
    void twoFilesMayHoldOneContent() {
        Resource one = hub.file(HubFixture.bytes(77));
        Resource two = hub.file(HubFixture.bytes(77));

        assertThat(library.holding(Objects.requireNonNull(one.file()).contentId()))
                .contains(one, two);
    }

    private List<Resource> entrances(Subject subject) {
        return lists.entrances(subject, Order.BY_NAME, null, ResourcePage.MOST).items().stream()
                .map(ResourcePage.Item::resource)
                .toList();
    }

    private static Consumer<Throwable> is(ProblemCode code) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(code));
    }
}
