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
import java.time.Duration;
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
class TrashTests {

    private final HubFixture hub;
    private final Library library;
    private final Trash trash;
    private final Removal removal;

    private Subject administrator;
    private Resource outer;
    private Resource inner;
    private Resource file;

    TrashTests(HubFixture hub, Library library, Trash trash, Removal removal) {
        this.hub = hub;
        this.library = library;
        this.trash = trash;
        this.removal = removal;
    }

    @BeforeEach
    void scene() {
        administrator = hub.administrator();
        outer = hub.folder();
        inner = hub.folderIn(outer, "inner");
        file = hub.fileIn(inner, "file", HubFixture.bytes(9));
    }

    @Test
    void whatIsInTheTrashExistsForNobody() {
        Subject reader = hub.member();
        hub.grant(reader, file, Level.MANAGE);
        trash.delete(administrator, inner.id(), Expected.ANY);

        for (Subject subject : List.of(reader, administrator)) {
            for (Resource gone : List.of(inner, file)) {
                assertThatThrownBy(() -> library.require(subject, gone.id(), Level.READ))
                        .satisfies(is(ProblemCode.NOT_FOUND));
            }
            assertThat(library.readable(subject, List.of(file.id()))).isEmpty();
        }
        assertThat(library.holding(Objects.requireNonNull(file.file()).contentId()))
                .doesNotContain(file);
        assertThat(library.grantedTo(reader)).isEmpty();
        assertThatThrownBy(() -> library.require(administrator, Library.TRASH, Level.READ))
                .satisfies(is(ProblemCode.NOT_FOUND));
        assertThat(hub.childrenOf(outer)).isEmpty();
    }

    @Test
    void whoMayWriteWhereItWasSeesItAndNobodyElse() {
        Subject writer = hub.member();
        Subject reader = hub.member();
        Subject ofTheFile = hub.member();
        hub.grant(writer, outer, Level.WRITE);
        hub.grant(reader, outer, Level.READ);
        hub.grant(ofTheFile, file, Level.MANAGE);
        trash.delete(ofTheFile, file.id(), Expected.ANY);

        assertThat(trash.list(writer, null, 10).items()).singleElement().satisfies(item -> {
            assertThat(item.resource().name()).isEqualTo("file");
            assertThat(item.place().id()).isEqualTo(inner.id());
            assertThat(item.placeIsGone()).isFalse();
            assertThat(item.manageable()).isFalse();
        });
        for (Subject other : List.of(reader, ofTheFile)) {
            assertThat(trash.list(other, null, 10).items()).isEmpty();
            assertThatThrownBy(() -> trash.restore(other, file.id(), null)).satisfies(is(ProblemCode.NOT_FOUND));
            assertThatThrownBy(() -> trash.remove(other, file.id())).satisfies(is(ProblemCode.NOT_FOUND));
        }
        assertThatThrownBy(() -> trash.remove(writer, file.id())).satisfies(is(ProblemCode.FORBIDDEN));
        trash.restore(writer, file.id(), null);
        assertThat(library.require(ofTheFile, file.id(), Level.MANAGE).name()).isEqualTo("file");
    }

    @Test
    void aTakenNameIsNotTakenAway() {
        trash.delete(administrator, file.id(), Expected.ANY);
        hub.fileIn(inner, "FILE", HubFixture.bytes(1));
        trash.delete(
                administrator,
                hub.fileIn(inner, "file (2)", HubFixture.bytes(1)).id(),
                Expected.ANY);

        assertThat(trash.restore(administrator, file.id(), null).name()).isEqualTo("file (2)");
        assertThat(trash.restore(administrator, trashed("file (2)"), null).name())
                .isEqualTo("file (2) (2)");
    }

    @Test
    void whatLostItsFolderComesBackToTheNearestThatIsThere() {
        Subject writer = hub.member();
        hub.grant(writer, outer, Level.WRITE);
        trash.delete(writer, file.id(), Expected.ANY);
        trash.delete(writer, inner.id(), Expected.ANY);
        trash.remove(administrator, inner.id());

        assertThat(trash.list(writer, null, 10).items()).singleElement().satisfies(item -> {
            assertThat(item.place().id()).isEqualTo(outer.id());
            assertThat(item.placeIsGone()).isTrue();
        });
        assertThat(trash.restore(writer, file.id(), null).parent()).isEqualTo(outer.id());
    }

    @Test
    void itComesBackWhereOneSaysAndMayWrite() {
        Subject writer = hub.member();
        hub.grant(writer, outer, Level.WRITE);
        Resource elsewhere = hub.folder();
        trash.delete(writer, inner.id(), Expected.ANY);
        assertThatThrownBy(() -> trash.restore(writer, inner.id(), elsewhere.id()))
                .satisfies(is(ProblemCode.NOT_FOUND));
        assertThatThrownBy(() -> trash.restore(administrator, inner.id(), inner.id()))
                .satisfies(is(ProblemCode.NOT_FOUND));

        assertThat(trash.restore(administrator, inner.id(), elsewhere.id()).parent())
                .isEqualTo(elsewhere.id());
        assertThat(library.path(administrator, file.id()))
                .extracting(Resource::id)
                .containsExactly(ResourceId.ROOT, elsewhere.id(), inner.id(), file.id());
    }

    @Test
    void whatIsOldGoesWithAllBelowIt() {
        trash.delete(administrator, outer.id(), Expected.ANY);

        assertThat(removal.removeOlderThan(Duration.ofDays(1))).isZero();
        assertThat(removal.removeOlderThan(Duration.ofSeconds(-1))).isPositive();
        assertThatThrownBy(() -> trash.restore(administrator, outer.id(), null)).satisfies(is(ProblemCode.NOT_FOUND));
        assertThatThrownBy(() -> library.named(file.id())).satisfies(is(ProblemCode.NOT_FOUND));
    }

    @Test
    void theTrashComesInParts() {
        Subject manager = hub.member();
        hub.grant(manager, outer, Level.MANAGE);
        for (int number = 0; number < 5; number++) {
            trash.delete(manager, hub.folderIn(outer, "gone " + number).id(), Expected.ANY);
        }
        Trash.Part first = trash.list(manager, null, 3);
        Trash.Part second = trash.list(manager, first.next(), 3);

        assertThat(first.items()).hasSize(3).doesNotContainAnyElementsOf(second.items());
        assertThat(second.items()).hasSize(2);
        assertThat(second.next()).isNull();
        assertThatThrownBy(() -> trash.list(manager, "bm90IG91cnM", 3)).satisfies(is(ProblemCode.INVALID_VALUE));
        assertThat(trash.empty(manager)).isEqualTo(5);
        assertThat(trash.list(manager, null, 3).items()).isEmpty();
    }

    @Test
    void whoHasReadAnOlderStateDeletesNothing() {
        assertThatThrownBy(() -> trash.delete(administrator, file.id(), new Expected(file.revision() + 1)))
                .satisfies(is(ProblemCode.PRECONDITION_FAILED));
        assertThat(hub.childrenOf(inner)).containsExactly(file);
    }

    private ResourceId trashed(String name) {
        return trash.list(administrator, null, 10).items().stream()
                .map(item -> item.resource())
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Consumer<Throwable> is(ProblemCode code) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(code));
    }
}
