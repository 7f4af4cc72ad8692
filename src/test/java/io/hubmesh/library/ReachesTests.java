package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.permissions.Grantee;
import io.hubmesh.permissions.Level;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class ReachesTests {

    private final HubFixture hub;
    private final Library library;
    private final Access access;
    private final Reaches reaches;
    private final Matrix matrix;
    private final Groups groups;

    private Subject manager;
    private Subject member;
    private Group group;
    private Resource folder;
    private Resource file;

    ReachesTests(HubFixture hub, Library library, Access access, Reaches reaches, Matrix matrix, Groups groups) {
        this.hub = hub;
        this.library = library;
        this.access = access;
        this.reaches = reaches;
        this.matrix = matrix;
        this.groups = groups;
    }

    @BeforeEach
    void setTheScene() {
        manager = hub.member();
        member = hub.member();
        group = groups.create(HubFixture.fresh("Group"));
        groups.add(group.id(), member.accountId());
        folder = hub.folder();
        file = hub.fileIn(folder, "file", HubFixture.bytes(1));
        hub.grant(manager, folder, Level.MANAGE);
        access.grant(manager, folder.id(), group.id(), Level.WRITE);
        access.grant(manager, file.id(), member.name(), Level.READ);
    }

    @Test
    void everybodyIsThereOnceWithTheHighestLevelFirst() {
        hub.member();
        List<Reaches.Person> people = reaches.of(manager, file.id(), 0).items();

        assertThat(people).extracting(person -> person.account().name()).doesNotHaveDuplicates();
        assertThat(people)
                .extracting(person -> person.why().level())
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(whyOf(people, manager)).isEqualTo(new Reaches.Why(Level.MANAGE, null, folder, true));
        assertThat(whyOf(people, member).level()).isEqualTo(Level.WRITE);
        assertThat(Objects.requireNonNull(whyOf(people, member).group()).id()).isEqualTo(group.id());
        assertThat(whyOf(people, hub.administrator())).isEqualTo(new Reaches.Why(Level.MANAGE, null, null, false));
    }

    @Test
    void aNamedPersonIsAskedAboutByWhoManages() {
        assertThat(reaches.of(manager, file.id(), member.name()).orElseThrow().level())
                .isEqualTo(Level.WRITE);
        assertThat(reaches.of(manager, file.id(), hub.member().name())).isEmpty();
        assertThatThrownBy(() -> reaches.of(manager, file.id(), "nobody-of-this-name"))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> reaches.of(member, file.id(), member.name())).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> reaches.of(member, file.id(), 0)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatSomebodyReachesIsListedWithItsWay() {
        assertThat(reaches.ways(member.accountId())).hasSize(2).anySatisfy(way -> {
            assertThat(way.resource().id()).isEqualTo(folder.id());
            assertThat(Objects.requireNonNull(way.group()).id()).isEqualTo(group.id());
            assertThat(way.level()).isEqualTo(Level.WRITE);
        });
    }

    @Test
    void aGroupsGrantIsWhereItsMembersStart() {
        assertThat(library.grantedTo(member)).extracting(Resource::id).containsExactly(folder.id());
        groups.remove(group.id(), member.accountId());
        assertThat(library.grantedTo(member)).extracting(Resource::id).containsExactly(file.id());
    }

    @Test
    void aSearchFindsWhatBeginsSoAndNoMore() {
        assertThat(reaches.search(manager, file.id(), member.name().substring(0, 12)))
                .extracting(Reaches.Found::grantee)
                .contains(Grantee.of(member.accountId()));
        assertThat(reaches.search(manager, file.id(), group.name().toUpperCase(Locale.ROOT)))
                .extracting(Reaches.Found::grantee)
                .containsExactly(Grantee.of(group.id()));
        assertThat(reaches.search(manager, file.id(), "m")).isEmpty();
        assertThat(reaches.search(manager, file.id(), "%%")).isEmpty();
        assertThat(reaches.search(manager, file.id(), "ember")).isEmpty();
        for (int person = 0; person < 11; person++) {
            hub.member();
        }
        assertThat(reaches.search(manager, file.id(), "member")).hasSize(10);
        assertThatThrownBy(() -> reaches.search(member, file.id(), "member")).isInstanceOf(ProblemException.class);
    }

    @Test
    void theMatrixSaysTheSameAsEachDecision() {
        Matrix.View view = matrix.of(hub.administrator(), folder.id(), 0, 0);
        assertThat(view.columns().items()).extracting(Resource::id).containsExactly(file.id());
        int pages = 0;
        boolean more = true;
        while (more) {
            Matrix.View page = matrix.of(hub.administrator(), folder.id(), 0, pages++);
            more = page.rows().more();
            for (Matrix.Row row : page.rows().items()) {
                Reaches.Why why = row.cells().get(0);
                if (row.grantee().equals(Grantee.of(group.id()))) {
                    assertThat(Objects.requireNonNull(why).level()).isEqualTo(Level.WRITE);
                } else if (row.grantee().account().isPresent()) {
                    assertThat(why)
                            .isEqualTo(
                                    reaches.of(manager, file.id(), row.name()).orElse(null));
                }
            }
        }
    }

    private static Reaches.Why whyOf(List<Reaches.Person> people, Subject subject) {
        return people.stream()
                .filter(person -> isOf(person.account(), subject))
                .findFirst()
                .orElseThrow()
                .why();
    }

    private static boolean isOf(Account account, Subject subject) {
        return account.id().equals(subject.accountId());
    }
}
