package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.NewAccount;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Decision;
import io.hubmesh.permissions.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever happens in whatever order, each decision is the one that {@link DecisionModel} finds by walking through everything. */
class DecisionPropertyTests {

    private static final int PEOPLE = 4;
    private static final int GROUPS = 3;

    private enum Deed {
        ADD,
        GRANT,
        WITHDRAW,
        GRANT_GROUP,
        WITHDRAW_GROUP,
        MOVE,
        DELETE,
        JOIN,
        LEAVE,
        END_GROUP,
        DISABLE,
        ENABLE
    }

    /** The numbers choose among what there is at that moment. */
    private record Step(Deed deed, int who, int what, int other) {}

    private static @Nullable ConfigurableApplicationContext hub;
    private static final List<Subject> PERSONS = new ArrayList<>();

    private DecisionModel model = new DecisionModel(ResourceId.ROOT);
    private List<GroupId> teams = new ArrayList<>();

    @BeforeContainer
    static void startTheHub() throws IOException {
        hub = OwnHub.start(Files.createTempDirectory(Files.createDirectories(Path.of("target")), "decisions"));
        for (int person = 0; person < PEOPLE; person++) {
            Accounts accounts = bean(Accounts.class);
            Role role = person == 0 ? Role.ADMINISTRATOR : Role.MEMBER;
            Account account = accounts.create(new NewAccount("person" + person, "", "a good password", role))
                    .account();
            PERSONS.add(new Subject(account.id(), account.name(), account.role()));
        }
    }

    @AfterContainer
    static void stopTheHub() {
        if (hub != null) {
            hub.close();
        }
    }

    @Property(tries = 60)
    void everyDecisionIsTheModels(@ForAll("steps") List<Step> steps) {
        teams = new ArrayList<>();
        for (int team = 0; team < GROUPS; team++) {
            teams.add(bean(Groups.class).create("team-" + UUID.randomUUID()).id());
        }
        ResourceId top = bean(LibraryChanges.class)
                .createFolder(administrator(), ResourceId.ROOT, "top-" + UUID.randomUUID())
                .id();
        model = new DecisionModel(top);
        PERSONS.forEach(person -> enable(person, true));
        for (Step step : steps) {
            take(step);
            compare(step);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 1000);
        return Combinators.combine(Arbitraries.of(Deed.class), numbers, numbers, numbers)
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(60);
    }

    private void take(Step step) {
        Subject person = PERSONS.get(step.who() % PEOPLE);
        ResourceId resource = model.any(step.what());
        Level level = Level.values()[step.other() % Level.values().length];
        GroupId team = teams.get(step.who() % teams.size());
        switch (step.deed()) {
            case ADD -> add(resource);
            case GRANT -> {
                bean(Access.class).grant(administrator(), resource, person.name(), level);
                model.grant(resource, person.accountId(), level);
            }
            case WITHDRAW -> {
                if (model.withdraw(resource, person.accountId())) {
                    bean(Access.class).withdraw(administrator(), resource, person.name());
                }
            }
            case GRANT_GROUP -> {
                bean(Access.class).grant(administrator(), resource, team, level);
                model.grant(resource, team, level);
            }
            case WITHDRAW_GROUP -> {
                if (model.withdraw(resource, team)) {
                    bean(Access.class).withdraw(administrator(), resource, team);
                }
            }
            case MOVE -> move(resource, model.any(step.other()));
            case DELETE -> {
                if (!resource.equals(model.top())) {
                    bean(Trash.class).delete(administrator(), resource, Expected.ANY);
                    model.delete(resource);
                }
            }
            case JOIN -> {
                bean(Groups.class).add(team, person.accountId());
                model.join(team, person.accountId());
            }
            case LEAVE -> {
                if (model.leave(team, person.accountId())) {
                    bean(Groups.class).remove(team, person.accountId());
                }
            }
            case END_GROUP -> {
                bean(Groups.class).delete(team);
                model.end(team);
                teams.set(
                        step.who() % teams.size(),
                        bean(Groups.class).create("team-" + UUID.randomUUID()).id());
            }
            case DISABLE -> enable(person, false);
            case ENABLE -> enable(person, true);
        }
    }

    private void compare(Step step) {
        for (Subject person : PERSONS) {
            for (ResourceId resource : model.resources()) {
                assertThat(found(person, resource))
                        .as("%s of %s after %s", person.name(), resource, step)
                        .isEqualTo(model.level(person, resource));
            }
            for (ResourceId gone : model.gone()) {
                assertThat(found(person, gone)).isNull();
            }
        }
    }

    private static @Nullable Level found(Subject person, ResourceId resource) {
        try {
            return bean(Library.class).decide(person, Level.READ, resource) instanceof Decision.Allowed allowed
                    ? allowed.level()
                    : null;
        } catch (ProblemException gone) {
            return null;
        }
    }

    private void add(ResourceId parent) {
        ResourceId made = bean(LibraryChanges.class)
                .createFolder(administrator(), parent, "f-" + UUID.randomUUID())
                .id();
        model.add(made, parent);
    }

    private void move(ResourceId resource, ResourceId target) {
        if (!resource.equals(model.top()) && !model.isBelow(target, resource)) {
            new TransactionTemplate(bean(PlatformTransactionManager.class)).executeWithoutResult(transaction -> {
                bean(Ancestry.class).changing(resource);
                bean(JdbcClient.class)
                        .sql("update resources set parent_id = ? where id = ?")
                        .params(target.value(), resource.value())
                        .update();
            });
            model.move(resource, target);
        }
    }

    private void enable(Subject person, boolean enabled) {
        bean(Accounts.class).setEnabled(person.accountId(), enabled);
        model.enable(person.accountId(), enabled);
    }

    private static Subject administrator() {
        AccountId id = bean(Accounts.class).findByName("admin").orElseThrow().id();
        return new Subject(id, "admin", Role.ADMINISTRATOR);
    }

    private static <T> T bean(Class<T> type) {
        if (hub == null) {
            throw new IllegalStateException("the hub has not been started");
        }
        return hub.getBean(type);
    }
}
