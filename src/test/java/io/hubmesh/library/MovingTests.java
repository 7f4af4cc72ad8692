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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class MovingTests {

    private final HubFixture hub;
    private final Library library;
    private final Moving moving;
    private final LibraryChanges changes;

    private Subject administrator;
    private Resource from;
    private Resource to;
    private Resource file;

    MovingTests(HubFixture hub, Library library, Moving moving, LibraryChanges changes) {
        this.hub = hub;
        this.library = library;
        this.moving = moving;
        this.changes = changes;
    }

    @BeforeEach
    void scene() {
        administrator = hub.administrator();
        from = hub.folder();
        to = hub.folder();
        file = hub.fileIn(from, "file.txt", HubFixture.bytes(9));
    }

    @Test
    void whatIsInheritedChangesWithThePlaceAndWhatIsItsOwnStays() {
        Subject ofThePlace = hub.member();
        Subject ofTheTarget = hub.member();
        Subject ofTheFile = hub.member();
        hub.grant(ofThePlace, from, Level.READ);
        hub.grant(ofTheTarget, to, Level.READ);
        hub.grant(ofTheFile, file, Level.READ);

        Resource moved = move(administrator, file.id(), to.id());

        assertThat(moved.parent()).isEqualTo(to.id());
        assertThat(library.levelOf(ofThePlace, file.id())).isEmpty();
        assertThat(library.levelOf(ofTheTarget, file.id())).contains(Level.READ);
        assertThat(library.levelOf(ofTheFile, file.id())).contains(Level.READ);
    }

    @Test
    void oneNeedsToWriteAtBothEnds() {
        Subject member = hub.member();
        hub.grant(member, from, Level.WRITE);
        assertThatThrownBy(() -> move(member, file.id(), to.id())).satisfies(is(ProblemCode.NOT_FOUND));
        hub.grant(member, to, Level.READ);
        assertThatThrownBy(() -> move(member, file.id(), to.id())).satisfies(is(ProblemCode.FORBIDDEN));
        hub.grant(member, to, Level.WRITE);
        hub.grant(member, from, Level.READ);
        assertThatThrownBy(() -> move(member, file.id(), to.id())).satisfies(is(ProblemCode.FORBIDDEN));
        assertThat(copy(member, file.id(), to.id(), Clash.REFUSE).parent()).isEqualTo(to.id());
    }

    @Test
    void aTakenNameIsToldWithOneThatIsFree() {
        hub.fileIn(to, "FILE.txt", HubFixture.bytes(1));
        hub.fileIn(to, "file (2).txt", HubFixture.bytes(1));

        assertThatThrownBy(() -> move(administrator, file.id(), to.id()))
                .satisfies(is(ProblemCode.NAME_TAKEN))
                .hasMessageContaining("\"file (3).txt\" is free");
        assertThat(moving.move(administrator, file.id(), Expected.ANY, to.id(), null, Clash.RENAME)
                        .name())
                .isEqualTo("file (3).txt");
    }

    @Test
    void aFolderStandsNeverInItself() {
        Resource below = hub.folderIn(from, "below");
        for (Resource target : List.of(from, below)) {
            assertThatThrownBy(() -> move(administrator, from.id(), target.id()))
                    .satisfies(is(ProblemCode.INVALID_VALUE));
            assertThatThrownBy(() -> copy(administrator, from.id(), target.id(), Clash.RENAME))
                    .satisfies(is(ProblemCode.INVALID_VALUE));
        }
        assertThatThrownBy(() -> move(administrator, ResourceId.ROOT, to.id()))
                .satisfies(is(ProblemCode.ROOT_IS_FIXED));
        assertThatThrownBy(() -> move(administrator, from.id(), file.id())).satisfies(is(ProblemCode.NOT_A_FOLDER));
    }

    @Test
    void twoWhoMoveFoldersIntoEachOtherMakeNoRing() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Callable<String> one = () -> attempt(together, from, to);
        Callable<String> other = () -> attempt(together, to, from);
        List<String> outcomes = threads.invokeAll(List.of(one, other)).stream()
                .map(MovingTests::outcome)
                .toList();
        threads.shutdown();

        assertThat(outcomes).containsExactlyInAnyOrder("moved", "invalid-value");
        assertThat(library.chain(file.id()).ids()).endsWith(ResourceId.ROOT);
    }

    @Test
    void aTreeIsCopiedWithoutGrantsAndWithoutBytes() {
        Resource inner = hub.folderIn(from, "inner");
        hub.fileIn(inner, "deep", HubFixture.bytes(5));
        hub.grant(hub.member(), inner, Level.MANAGE);
        changes.allowPeerDelivery(administrator, file.id(), Expected.ANY, false);

        Resource copy = copy(administrator, from.id(), to.id(), Clash.REFUSE);

        List<Resource> top = hub.childrenOf(copy);
        assertThat(top).extracting(Resource::name).containsExactly("inner", "file.txt");
        assertThat(top.get(1).file()).isNotNull().satisfies(version -> assertThat(version.contentId())
                .isEqualTo(java.util.Objects.requireNonNull(file.file()).contentId()));
        assertThat(top.get(1).peerDelivery()).isFalse();
        assertThat(hub.childrenOf(top.get(0))).extracting(Resource::name).containsExactly("deep");
        assertThat(hub.childrenOf(from)).hasSize(2);
    }

    @Test
    void nothingIsMovedOrCopiedTooDeep() {
        Resource deep = to;
        while (library.chain(deep.id()).ids().size() < Library.DEEPEST - 1) {
            deep = hub.folderIn(deep, "d");
        }
        ResourceId target = deep.id();
        hub.folderIn(hub.folderIn(from, "one"), "two");
        assertThatThrownBy(() -> move(administrator, from.id(), target)).satisfies(is(ProblemCode.INVALID_VALUE));
        assertThatThrownBy(() -> copy(administrator, from.id(), target, Clash.REFUSE))
                .satisfies(is(ProblemCode.INVALID_VALUE));
        assertThat(move(administrator, file.id(), target).parent()).isEqualTo(target);
    }

    @Test
    void whoReadAnOlderStateIsToldWhoChangedWhat() {
        Subject member = hub.member();
        hub.grant(member, from, Level.WRITE);
        changes.rename(member, file.id(), Expected.ANY, "other.txt");

        assertThatThrownBy(() -> moving.move(
                        administrator, file.id(), new Expected(file.revision()), to.id(), null, Clash.REFUSE))
                .satisfies(is(ProblemCode.PRECONDITION_FAILED))
                .hasMessageContaining(member.name() + " renamed \"other.txt\"");
    }

    private String attempt(CyclicBarrier together, Resource what, Resource target) throws Exception {
        together.await(30, TimeUnit.SECONDS);
        try {
            move(administrator, what.id(), target.id());
            return "moved";
        } catch (ProblemException problem) {
            return problem.code().code();
        }
    }

    private static String outcome(Future<String> outcome) {
        try {
            return outcome.get();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private Resource move(Subject subject, ResourceId id, ResourceId target) {
        return moving.move(subject, id, Expected.ANY, target, null, Clash.REFUSE);
    }

    private Resource copy(Subject subject, ResourceId id, ResourceId target, Clash clash) {
        return moving.copy(subject, id, target, null, clash);
    }

    private static Consumer<Throwable> is(ProblemCode code) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(code));
    }
}
