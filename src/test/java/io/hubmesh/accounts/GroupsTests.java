package io.hubmesh.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.events.GroupMembersChanged;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.transaction.event.TransactionalEventListener;

@HubTest
@Import({HubFixture.class, GroupsTests.Heard.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class GroupsTests {

    /** What listeners are told, and what they find when they look right then. */
    @TestComponent
    static class Heard {

        private final Groups groups;
        private final List<GroupMembersChanged> changes = new CopyOnWriteArrayList<>();
        private final List<Set<GroupId>> found = new CopyOnWriteArrayList<>();

        Heard(Groups groups) {
            this.groups = groups;
        }

        @TransactionalEventListener
        void on(GroupMembersChanged change) {
            changes.add(change);
            change.accounts().forEach(account -> found.add(groups.of(account)));
        }
    }

    private final HubFixture hub;
    private final Groups groups;
    private final Heard heard;

    GroupsTests(HubFixture hub, Groups groups, Heard heard) {
        this.hub = hub;
        this.groups = groups;
        this.heard = heard;
    }

    @BeforeEach
    void listen() {
        heard.changes.clear();
        heard.found.clear();
    }

    @Test
    void whoIsInAGroupIsKnownAtOnceAndListenersFindIt() {
        AccountId mia = hub.member().accountId();
        GroupId group = fresh();
        assertThat(groups.of(mia)).isEmpty();

        groups.add(group, mia);
        assertThat(groups.of(mia)).containsExactly(group);
        assertThat(groups.members(group)).extracting(Account::id).containsExactly(mia);
        groups.remove(group, mia);
        assertThat(groups.of(mia)).isEmpty();

        GroupMembersChanged told = new GroupMembersChanged(group, Set.of(mia));
        assertThat(heard.changes).containsExactly(told, told);
        assertThat(heard.found).containsExactly(Set.of(group), Set.of());
    }

    @Test
    void nothingIsToldWhenNothingChanges() {
        AccountId mia = hub.member().accountId();
        GroupId group = fresh();
        groups.add(group, mia);
        groups.add(group, mia);
        groups.rename(group, HubFixture.fresh("other"));

        assertThat(heard.changes).hasSize(1);
        assertThat(groups.find(group)).map(Group::members).contains(1);
    }

    @Test
    void aDeletedGroupIsGoneForAllWhoWereInIt() {
        AccountId mia = hub.member().accountId();
        AccountId bo = hub.member().accountId();
        GroupId group = fresh();
        Stream.of(mia, bo).forEach(account -> groups.add(group, account));
        heard.changes.clear();

        groups.delete(group);

        assertThat(heard.changes).containsExactly(new GroupMembersChanged(group, Set.of(mia, bo)));
        assertThat(groups.of(mia)).isEmpty();
        assertThat(groups.find(group)).isEmpty();
        assertRefused(ProblemCode.NOT_FOUND, () -> groups.members(group));
    }

    @Test
    void aNameStandsOnceWhateverItsCaseAndIsFreeAgain() {
        String name = HubFixture.fresh("Third year");
        GroupId group = groups.create(" " + name + " ").id();

        assertThat(groups.findByName(name.toUpperCase(java.util.Locale.ROOT)))
                .map(Group::name)
                .contains(name);
        assertRefused(ProblemCode.NAME_TAKEN, () -> groups.create(name.toLowerCase(java.util.Locale.ROOT)));
        GroupId other = fresh();
        assertRefused(ProblemCode.NAME_TAKEN, () -> groups.rename(other, name));
        assertThat(groups.rename(group, name.toLowerCase(java.util.Locale.ROOT)).name())
                .isEqualTo(name.toLowerCase(java.util.Locale.ROOT));
        groups.delete(group);
        assertThat(groups.create(name).name()).isEqualTo(name);
    }

    @Test
    void whatCannotBeIsRefused() {
        AccountId mia = hub.member().accountId();
        GroupId group = fresh();
        GroupId none = new GroupId(UUID.randomUUID());

        for (String name : List.of("", "   ", "a\u0000b", "x".repeat(65), "\u0130".repeat(33))) {
            assertRefused(ProblemCode.INVALID_NAME, () -> groups.create(name));
        }
        assertRefused(ProblemCode.NOT_FOUND, () -> groups.add(group, new AccountId(UUID.randomUUID())));
        assertRefused(ProblemCode.NOT_FOUND, () -> groups.add(none, mia));
        assertRefused(ProblemCode.NOT_FOUND, () -> groups.remove(group, mia));
        assertRefused(ProblemCode.NOT_FOUND, () -> groups.rename(none, "name"));
        assertRefused(ProblemCode.NOT_FOUND, () -> groups.delete(none));
        assertThat(heard.changes).isEmpty();
    }

    private GroupId fresh() {
        return groups.create(HubFixture.fresh("group")).id();
    }

    private static void assertRefused(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}
