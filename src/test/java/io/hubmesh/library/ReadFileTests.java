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
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.transaction.support.TransactionTemplate;

/** What is read from memory is what was committed last, at once after every change. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class ReadFileTests {

    private final HubFixture hub;
    private final Library library;
    private final LibraryChanges changes;
    private final Trash trash;
    private final TransactionTemplate transactions;

    private Subject administrator;
    private Resource file;

    ReadFileTests(
            HubFixture hub, Library library, LibraryChanges changes, Trash trash, TransactionTemplate transactions) {
        this.hub = hub;
        this.library = library;
        this.changes = changes;
        this.trash = trash;
        this.transactions = transactions;
    }

    @BeforeEach
    void scene() {
        administrator = hub.administrator();
        file = hub.fileIn(hub.folder(), "file.txt", HubFixture.bytes(1));
        assertThat(read(administrator)).isEqualTo(file);
    }

    @Test
    void aChangeIsSeenAtOnce() {
        changes.rename(administrator, file.id(), Expected.ANY, "another.txt");
        assertThat(read(administrator).name()).isEqualTo("another.txt");
        changes.allowPeerDelivery(administrator, file.id(), Expected.ANY, false);
        assertThat(read(administrator).peerDelivery()).isFalse();
        ContentId content = Objects.requireNonNull(file.file()).contentId();
        assertThat(library.nameOf(file.id(), content)).contains("another.txt");

        trash.delete(administrator, file.id(), Expected.ANY);
        assertThatThrownBy(() -> read(administrator)).satisfies(is(ProblemCode.NOT_FOUND));
        assertThat(library.nameOf(file.id(), content)).isEmpty();
    }

    @Test
    void whoChangesItSeesTheChangeAndNobodyElseWhatIsTakenBack() {
        transactions.executeWithoutResult(running -> {
            changes.rename(administrator, file.id(), Expected.ANY, "never.txt");
            assertThat(read(administrator).name()).isEqualTo("never.txt");
            running.setRollbackOnly();
        });
        assertThat(read(administrator).name()).isEqualTo("file.txt");
    }

    @Test
    void onlyWhoMayReadItDoes() {
        Subject member = hub.member();
        assertThatThrownBy(() -> read(member)).satisfies(is(ProblemCode.NOT_FOUND));
        hub.grant(member, file, Level.READ);
        assertThat(read(member)).isEqualTo(file);
        hub.withdraw(member, file);
        assertThatThrownBy(() -> read(member)).satisfies(is(ProblemCode.NOT_FOUND));
        Resource folder = hub.folder();
        assertThatThrownBy(() -> library.readFile(administrator, folder.id())).satisfies(is(ProblemCode.NOT_A_FILE));
    }

    private Resource read(Subject subject) {
        return library.readFile(subject, file.id());
    }

    private static java.util.function.Consumer<Throwable> is(ProblemCode code) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(code));
    }
}
