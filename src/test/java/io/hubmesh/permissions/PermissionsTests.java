package io.hubmesh.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.library.Access;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class PermissionsTests {

    private final HubFixture hub;
    private final Permissions permissions;
    private final Library library;
    private final Access access;
    private final Groups groups;

    private Subject member;
    private Resource outer;
    private Resource inner;
    private Resource file;

    PermissionsTests(HubFixture hub, Permissions permissions, Library library, Access access, Groups groups) {
        this.hub = hub;
        this.permissions = permissions;
        this.library = library;
        this.access = access;
        this.groups = groups;
    }

    @BeforeEach
    void setTheScene() {
        member = hub.member();
        outer = hub.folder();
        inner = hub.folderIn(outer, "inner");
        file = hub.fileIn(inner, "file", HubFixture.bytes(3));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAGrantNothingIsAllowed(Level level) {
        assertThat(decide(member, level, file)).isEqualTo(new Decision.Denied(null));
        assertThatThrownBy(() -> permissions.require(member, level, library.chain(file.id())))
                .satisfies(is(ProblemCode.NOT_FOUND));
    }

    @ParameterizedTest
    @EnumSource
    void anAdministratorMayDoEverything(Level level) {
        assertThat(decide(hub.administrator(), level, file)).isEqualTo(new Decision.Allowed(Level.MANAGE, null, null));
    }

    @Test
    void aGrantReachesDownAndNeitherUpNorSideways() {
        Resource sibling = hub.folderIn(outer, "sibling");
        hub.grant(member, inner, Level.WRITE);

        assertThat(decide(member, Level.WRITE, file)).isEqualTo(allowed(Level.WRITE, inner));
        assertThat(decide(member, Level.READ, outer).allowed()).isFalse();
        assertThat(decide(member, Level.READ, sibling).allowed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void eachLevelIncludesTheOnesBeforeItAndNoOther(Level granted) {
        hub.grant(member, file, granted);

        for (Level needed : Level.values()) {
            boolean enough = needed.ordinal() <= granted.ordinal();
            assertThat(decide(member, needed, file).allowed()).isEqualTo(enough);
            if (!enough) {
                assertThatThrownBy(() -> permissions.require(member, needed, library.chain(file.id())))
                        .satisfies(is(ProblemCode.FORBIDDEN));
            }
        }
    }

    @Test
    void theHighestGrantOnTheWayCounts() {
        hub.grant(member, outer, Level.MANAGE);
        hub.grant(member, file, Level.READ);

        assertThat(decide(member, Level.MANAGE, file)).isEqualTo(allowed(Level.MANAGE, outer));
    }

    @Test
    void aGrantChangesAndEndsAtOnce() {
        hub.grant(member, file, Level.WRITE);
        hub.grant(member, file, Level.READ);
        assertThat(decide(member, Level.WRITE, file)).isEqualTo(new Decision.Denied(Level.READ));
        hub.withdraw(member, file);
        assertThat(decide(member, Level.READ, file)).isEqualTo(new Decision.Denied(null));
        assertThatThrownBy(() -> hub.withdraw(member, file)).satisfies(is(ProblemCode.NOT_FOUND));
    }

    @Test
    void withdrawingLeavesWhatIsInherited() {
        hub.grant(member, outer, Level.READ);
        hub.grant(member, file, Level.MANAGE);
        hub.withdraw(member, file);

        assertThat(decide(member, Level.READ, file)).isEqualTo(allowed(Level.READ, outer));
    }

    @Test
    void onlyWhoManagesGrants() {
        Subject friend = hub.member();
        hub.grant(member, file, Level.WRITE);
        assertThatThrownBy(() ->
                        permissions.grant(member, library.chain(file.id()), Grantee.of(friend.accountId()), Level.READ))
                .satisfies(is(ProblemCode.FORBIDDEN));
        hub.grant(member, file, Level.MANAGE);
        permissions.grant(member, library.chain(file.id()), Grantee.of(friend.accountId()), Level.READ);

        assertThat(decide(friend, Level.READ, file).allowed()).isTrue();
    }

    @Test
    void aGroupsGrantIsEverybodysInIt() {
        Group group = groups.create(HubFixture.fresh("group"));
        groups.add(group.id(), member.accountId());
        access.grant(hub.administrator(), outer.id(), group.id(), Level.WRITE);

        assertThat(decide(member, Level.WRITE, file))
                .isEqualTo(new Decision.Allowed(Level.WRITE, outer.id(), Grantee.of(group.id())));
        assertThat(decide(hub.member(), Level.READ, file).allowed()).isFalse();
        hub.grant(member, outer, Level.WRITE);
        assertThat(decide(member, Level.READ, file)).isEqualTo(allowed(Level.WRITE, outer));
        hub.withdraw(member, outer);
        groups.remove(group.id(), member.accountId());
        assertThat(decide(member, Level.READ, file)).isEqualTo(new Decision.Denied(null));
    }

    @Test
    void aGroupThatIsGoneGrantsNothing() {
        Group group = groups.create(HubFixture.fresh("group"));
        groups.add(group.id(), member.accountId());
        access.grant(hub.administrator(), file.id(), group.id(), Level.READ);
        assertThat(decide(member, Level.READ, file).allowed()).isTrue();
        groups.delete(group.id());
        assertThat(decide(member, Level.READ, file).allowed()).isFalse();
        assertThat(access.reaching(hub.administrator(), file.id())).isEmpty();
    }

    @Test
    void whoManagesAFolderGrantsBelowItAndTakesNothingFromAnAdministrator() {
        Subject administrator = hub.administrator();
        Subject friend = hub.member();
        hub.grant(member, inner, Level.MANAGE);
        access.grant(member, file.id(), friend.name(), Level.MANAGE);
        assertThat(decide(friend, Level.MANAGE, file)).isEqualTo(allowed(friend, Level.MANAGE, file));
        assertThatThrownBy(() -> access.grant(member, outer.id(), friend.name(), Level.READ))
                .satisfies(is(ProblemCode.NOT_FOUND));
        access.grant(member, file.id(), administrator.name(), Level.READ);
        access.withdraw(member, file.id(), administrator.name());
        assertThat(decide(administrator, Level.MANAGE, file).allowed()).isTrue();
    }

    @Test
    void aDisabledAccountMayNothingWhateverItsSubjectSays() {
        Subject boss = hub.anotherAdministrator();
        hub.grant(member, file, Level.READ);
        assertThat(decide(boss, Level.READ, file).allowed()).isTrue();
        assertThat(decide(member, Level.READ, file).allowed()).isTrue();
        hub.disable(boss);
        hub.disable(member);
        assertThat(decide(boss, Level.READ, file)).isEqualTo(new Decision.Denied(null));
        assertThat(decide(member, Level.READ, file)).isEqualTo(new Decision.Denied(null));
    }

    private Decision allowed(Level level, Resource from) {
        return allowed(member, level, from);
    }

    private static Decision allowed(Subject subject, Level level, Resource from) {
        return new Decision.Allowed(level, from.id(), Grantee.of(subject.accountId()));
    }

    private Decision decide(Subject subject, Level level, Resource resource) {
        return permissions.decide(subject, level, library.chain(resource.id()));
    }

    private static Consumer<Throwable> is(ProblemCode code) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(code));
    }
}
