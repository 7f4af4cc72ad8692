package io.hubmesh.accounts;

import io.hubmesh.accounts.ImportPlan.LineProblem;
import io.hubmesh.accounts.ImportPlan.Person;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes accounts for many people at once, from comma-separated values: all of them, or none. */
@Service
public class PeopleImport {

    /** What {@link #apply} reads at most, in characters. */
    public static final int LARGEST = PeopleFile.LARGEST;

    private final Accounts accounts;
    private final Groups groups;
    private final Passwords passwords;
    private final TransactionTemplate transaction;

    PeopleImport(Accounts accounts, Groups groups, Passwords passwords, PlatformTransactionManager transactions) {
        this.accounts = accounts;
        this.groups = groups;
        this.passwords = passwords;
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Prepared(Person person, String password, String hash) {}

    /** What {@link #apply} would do as things are. Changes nothing. */
    public ImportPlan plan(String csv) {
        PeopleFile file = PeopleFile.read(csv);
        List<LineProblem> problems = new ArrayList<>(file.problems());
        Map<String, String> newGroups = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        groups.all().forEach(group -> known.add(GroupRow.key(group.name())));
        Map<String, Long> lines = new HashMap<>();
        for (Person person : file.people()) {
            try {
                Long before = lines.putIfAbsent(person.name(), person.line());
                if (before != null) {
                    throw new ProblemException(
                            ProblemCode.NAME_TAKEN, "The name stands on line " + before + " already.");
                }
                accounts.requireFit(person.toAccount());
                for (String group : person.groups()) {
                    String key = GroupRow.key(Groups.nameOf(group));
                    if (!known.contains(key)) {
                        newGroups.putIfAbsent(key, group);
                    }
                }
            } catch (ProblemException refusal) {
                problems.add(new LineProblem(person.line(), refusal.detail()));
            }
        }
        problems.sort(Comparator.comparingLong(LineProblem::line));
        return new ImportPlan(file.people(), List.copyOf(newGroups.values()), problems);
    }

    /**
     * Makes the accounts and the groups that are not there yet. Every account gets a password that the hub makes and that its owner has to
     * change.
     *
     * @return the accounts with their passwords, which are told only here
     * @throws ProblemException invalid-value with the first problem; nothing has been made then
     */
    public List<CreatedAccount> apply(String csv) {
        ImportPlan plan = plan(csv);
        if (!plan.isSound()) {
            LineProblem first = plan.problems().get(0);
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE,
                    "Nobody was imported. Line " + first.line() + ": " + first.detail()
                            + (plan.problems().size() > 1
                                    ? " There are " + (plan.problems().size() - 1) + " problems more."
                                    : ""));
        }
        // hashing takes its time, and no connection to the database meanwhile
        List<Prepared> prepared =
                plan.people().parallelStream().map(this::prepare).toList();
        return Objects.requireNonNull(transaction.execute(status -> insert(plan, prepared)));
    }

    private Prepared prepare(Person person) {
        String password = passwords.generate();
        return new Prepared(person, password, passwords.hash(password));
    }

    private List<CreatedAccount> insert(ImportPlan plan, List<Prepared> prepared) {
        plan.newGroups().forEach(groups::create);
        Map<String, GroupId> ids = new HashMap<>();
        groups.all().forEach(group -> ids.put(GroupRow.key(group.name()), group.id()));
        List<CreatedAccount> created = new ArrayList<>();
        for (Prepared one : prepared) {
            Account account = accounts.insert(one.person().toAccount(), one.hash());
            for (String group : one.person().groups()) {
                GroupId id = ids.get(GroupRow.key(group));
                if (id == null) {
                    throw new ProblemException(ProblemCode.CHANGED_MEANWHILE);
                }
                groups.add(id, account.id());
            }
            created.add(new CreatedAccount(account, one.password()));
        }
        return created;
    }
}
