package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.permissions.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class FolderListsTests {

    private final HubFixture hub;
    private final FolderLists lists;
    private final LibraryChanges changes;
    private final Clock clock;

    private Subject administrator;
    private Resource folder;

    FolderListsTests(HubFixture hub, FolderLists lists, LibraryChanges changes, Clock clock) {
        this.hub = hub;
        this.lists = lists;
        this.changes = changes;
        this.clock = clock;
    }

    @BeforeEach
    void scene() {
        administrator = hub.administrator();
        folder = hub.folder();
    }

    @Test
    void namesComeInNaturalOrderBehindTheFolders() {
        hub.fileIn(folder, "file10", HubFixture.bytes(3));
        untilTheClockTicks();
        hub.fileIn(folder, "File2", HubFixture.bytes(1));
        untilTheClockTicks();
        hub.fileIn(folder, "\u00e9t\u00e9", HubFixture.bytes(2));
        untilTheClockTicks();
        hub.fileIn(folder, "eta", HubFixture.bytes(2));
        hub.folderIn(folder, "week 11");
        untilTheClockTicks();
        hub.folderIn(folder, "week 2");

        assertThat(names("name")).containsExactly("week 2", "week 11", "eta", "\u00e9t\u00e9", "File2", "file10");
        assertThat(names("-name")).containsExactly("week 11", "week 2", "file10", "File2", "\u00e9t\u00e9", "eta");
        assertThat(names("size")).startsWith("week 2", "week 11", "File2").endsWith("file10");
        assertThat(names("-size")).startsWith("week 11", "week 2", "file10").endsWith("File2");
        assertThat(names("changed")).containsExactly("week 11", "week 2", "file10", "File2", "\u00e9t\u00e9", "eta");
    }

    /** What is made in one millisecond stands in no order of time. */
    private void untilTheClockTicks() {
        long now = clock.millis();
        while (clock.millis() == now) {
            Thread.onSpinWait();
        }
    }

    /** Many have the same size and moment, so that ties are cut by pages too. */
    @ParameterizedTest
    @ValueSource(strings = {"name", "-name", "size", "-size", "changed", "-changed"})
    void pagesBringEverythingOnceInTheOrderOfTheWhole(String sort) {
        for (int number = 0; number < 9; number++) {
            hub.folderIn(folder, "folder " + number);
            hub.fileIn(folder, "file " + number, HubFixture.bytes(number % 3));
            hub.fileIn(folder, "0".repeat(number) + "7", HubFixture.bytes(5));
        }
        List<Resource> whole = all(sort, ResourcePage.MOST);

        assertThat(whole).hasSize(27).doesNotHaveDuplicates();
        for (int limit : new int[] {1, 2, 4, 26, 27}) {
            assertThat(all(sort, limit)).as("pages of %s", limit).isEqualTo(whole);
        }
        List<Resource> backwards = new ArrayList<>(whole.subList(0, 9));
        Collections.reverse(backwards);
        String other = sort.startsWith("-") ? sort.substring(1) : "-" + sort;
        assertThat(all(other, 4).subList(0, 9)).isEqualTo(backwards);
    }

    @Test
    void entrancesComeInPagesToo() {
        Subject member = hub.member();
        for (int number = 1; number <= 11; number++) {
            Resource granted = number % 2 == 0
                    ? hub.folderIn(folder, "part " + number)
                    : hub.fileIn(folder, "part " + number, HubFixture.bytes(number));
            hub.grant(member, granted, Level.READ);
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            ResourcePage page = lists.entrances(member, Order.BY_NAME, cursor, 3);
            page.items().forEach(item -> seen.add(item.resource().name()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen)
                .containsExactlyElementsOf(Stream.of(2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11)
                        .map(number -> "part " + number)
                        .toList());
    }

    @Test
    void aPageSaysWhatOneMayDoWithEachThing() {
        Subject member = hub.member();
        hub.grant(member, folder, Level.READ);
        Resource own = hub.fileIn(folder, "own", HubFixture.bytes(1));
        hub.fileIn(folder, "other", HubFixture.bytes(1));
        hub.grant(member, own, Level.MANAGE);

        assertThat(lists.children(member, folder.id(), Order.BY_NAME, null, 10).items())
                .extracting(item -> item.resource().name() + " " + item.level())
                .containsExactly("other READ", "own MANAGE");
    }

    @Test
    void whoMayNotReadTheFolderGetsNoPage() {
        assertThatThrownBy(() -> lists.children(hub.member(), folder.id(), Order.BY_NAME, null, 10))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.NOT_FOUND));
    }

    @Test
    void aCursorThatIsNoneIsRefused() {
        for (String cursor : List.of("", "!", "AAAA", encoded("f"), encoded("f" + folder.id() + "x"))) {
            assertThatThrownBy(() -> lists.children(administrator, folder.id(), Order.of("size"), cursor, 10))
                    .as(cursor)
                    .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                            .isEqualTo(ProblemCode.INVALID_VALUE));
        }
    }

    @Test
    void whatIsAddedMeanwhileMovesNothingTwice() {
        for (int number = 0; number < 6; number++) {
            hub.fileIn(folder, "m" + number, HubFixture.bytes(1));
        }
        ResourcePage first = lists.children(administrator, folder.id(), Order.BY_NAME, null, 3);
        changes.createFolder(administrator, folder.id(), "a folder before");
        hub.fileIn(folder, "a", HubFixture.bytes(1));
        ResourcePage second = lists.children(administrator, folder.id(), Order.BY_NAME, first.next(), 3);

        assertThat(second.items()).extracting(item -> item.resource().name()).containsExactly("m3", "m4", "m5");
        assertThat(second.next()).isNull();
    }

    private List<String> names(String sort) {
        return all(sort, ResourcePage.MOST).stream().map(Resource::name).toList();
    }

    private List<Resource> all(String sort, int limit) {
        List<Resource> all = new ArrayList<>();
        String cursor = null;
        do {
            ResourcePage page = lists.children(administrator, folder.id(), Order.of(sort), cursor, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(item -> all.add(item.resource()));
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
