package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.permissions.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class SearchTests {

    private final HubFixture hub;
    private final Search search;
    private final Trash trash;

    /** In every name of one test and in none of another. */
    private String word;

    private Resource folder;

    SearchTests(HubFixture hub, Search search, Trash trash) {
        this.hub = hub;
        this.search = search;
        this.trash = trash;
    }

    @BeforeEach
    void scene() {
        word = UUID.randomUUID().toString();
        folder = hub.folder();
    }

    @Test
    void caseAndAccentsDoNotMatter() {
        hub.fileIn(folder, "R\u00e9sum\u00e9 " + word + ".PDF", HubFixture.bytes(1));

        for (String text : List.of("resume " + word, "R\u00c9SUM\u00c9 " + word, "sume\u0301 " + word, word + ".pdf")) {
            assertThat(names(hub.administrator(), text)).as(text).hasSize(1);
        }
        assertThat(names(hub.administrator(), "resumes " + word)).isEmpty();
    }

    @Test
    void signsOfTheDatabaseStandForThemselves() {
        hub.fileIn(folder, "100% " + word, HubFixture.bytes(1));
        hub.fileIn(folder, "100 " + word, HubFixture.bytes(1));
        hub.fileIn(folder, "a_b! " + word, HubFixture.bytes(1));

        assertThat(names(hub.administrator(), "0% " + word)).containsExactly("100% " + word);
        assertThat(names(hub.administrator(), "a_b! " + word)).hasSize(1);
        assertThat(names(hub.administrator(), "_00 " + word)).isEmpty();
    }

    @Test
    void whatOneDoesNotReachIsNotFound() {
        Subject member = hub.member();
        Resource inner = hub.folderIn(folder, "inner " + word);
        hub.fileIn(inner, "below " + word, HubFixture.bytes(1));
        Resource alone = hub.fileIn(folder, "alone " + word, HubFixture.bytes(1));
        hub.fileIn(folder, "secret " + word, HubFixture.bytes(1));
        assertThat(names(member, word)).isEmpty();
        hub.grant(member, inner, Level.READ);
        hub.grant(member, alone, Level.WRITE);

        Search.Part found = search.find(member, word, null, 10);

        assertThat(found.hits())
                .extracting(hit -> hit.resource().name() + " " + hit.level() + " "
                        + hit.path().size())
                .containsExactly(
                        "alone " + word + " WRITE 0", "below " + word + " READ 1", "inner " + word + " READ 0");
        assertThat(found.next()).isNull();
    }

    @Test
    void whatIsInTheTrashIsNotFound() {
        Resource inner = hub.folderIn(folder, "inner " + word);
        hub.fileIn(inner, "below " + word, HubFixture.bytes(1));
        trash.delete(hub.administrator(), inner.id(), Expected.ANY);

        assertThat(names(hub.administrator(), word)).isEmpty();
    }

    @Test
    void whatIsFoundComesInPartsAndOnce() {
        Subject member = hub.member();
        List<String> granted = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            Resource file = hub.fileIn(folder, number + " " + word, HubFixture.bytes(1));
            if (number % 2 == 0) {
                hub.grant(member, file, Level.READ);
                granted.add(file.name());
            }
        }
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            Search.Part part = search.find(member, word, cursor, 2);
            part.hits().forEach(hit -> found.add(hit.resource().name()));
            cursor = part.next();
        } while (cursor != null);

        assertThat(found).containsExactlyInAnyOrderElementsOf(granted);
    }

    @Test
    void nothingAndTooMuchIsNotLookedFor() {
        for (String text : List.of("", "  ", "\u0301", "x".repeat(101))) {
            assertThatThrownBy(() -> search.find(hub.administrator(), text, null, 10))
                    .isInstanceOf(ProblemException.class);
        }
        hub.fileIn(folder, "a " + word, HubFixture.bytes(1));
        hub.fileIn(folder, "b " + word, HubFixture.bytes(1));
        String next = search.find(hub.administrator(), word, null, 1).next();
        assertThat(next).isNotNull();
        assertThatThrownBy(() -> search.find(hub.administrator(), "another", next, 10))
                .isInstanceOf(ProblemException.class);
    }

    private List<String> names(Subject subject, String text) {
        return search.find(subject, text, null, 100).hits().stream()
                .map(hit -> hit.resource().name())
                .toList();
    }
}
