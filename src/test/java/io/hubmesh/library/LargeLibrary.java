package io.hubmesh.library;

import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Level;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A library of the size that the bench asks for, written straight into the tables. */
class LargeLibrary {

    private static final int FILES = 955_000;
    private static final int PEOPLE = 10_000;
    private static final int GROUPS = 1_000;
    private static final int GROUPS_A_PERSON = 5;
    private static final int GRANTS = 100_000;

    /** One grant in so many names a group. */
    private static final int TO_A_GROUP = 5;

    /** How many folders stand at each depth below the top folder; the files stand in the last ones, at depth 12. */
    private static final int[] FOLDERS = {50, 500, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 4_450};

    private static final int BATCH = 10_000;

    /** All files have the same bytes: none. */
    private static final String CONTENT = "0".repeat(64);

    /** Walks up from a file, and looks for grants to the account and its groups on the way. */
    private static final String SEARCH = """
            select g.granted_level from grants g where g.resource_id = ?
            and (g.account_id = ? or g.group_id in (select m.group_id from group_members m where m.account_id = ?))
            """;

    private final JdbcTemplate database;

    /** The hub forces every commit to disk: a commit for each row would fill it a hundredfold. */
    private final TransactionTemplate transactions;

    private final Access access;
    private final Subject administrator;
    private final List<Subject> people = new ArrayList<>();
    private final List<ResourceId> files = new ArrayList<>();

    LargeLibrary(ApplicationContext hub) {
        this.database = hub.getBean(JdbcTemplate.class);
        this.transactions = new TransactionTemplate(hub.getBean(PlatformTransactionManager.class));
        this.access = hub.getBean(Access.class);
        UUID admin = database.queryForObject("select id from accounts where name = 'admin'", UUID.class);
        this.administrator = new Subject(new AccountId(Objects.requireNonNull(admin)), "admin", Role.ADMINISTRATOR);
    }

    List<Subject> people() {
        return people;
    }

    List<ResourceId> files() {
        return files;
    }

    void fill(Random random) {
        List<UUID> groups = fillPeople(random);
        List<UUID> folders = fillFolders(random);
        fillFiles(random, folders.subList(folders.size() - FOLDERS[FOLDERS.length - 1], folders.size()));
        fillGrants(random, groups, folders);
    }

    void grant(Subject person, ResourceId file, Level level) {
        access.grant(administrator, file, person.name(), level);
    }

    void withdraw(Subject person, ResourceId file) {
        access.withdraw(administrator, file, person.name());
    }

    /** As somebody would find it out who has the tables and nothing else. */
    @Nullable
    Level levelBySearching(Subject person, ResourceId file) {
        UUID account = person.accountId().value();
        List<Level> found = new ArrayList<>();
        for (UUID step = file.value();
                step != null;
                step = database.queryForObject("select parent_id from resources where id = ?", UUID.class, step)) {
            found.addAll(database.queryForList(SEARCH, String.class, step, account, account).stream()
                    .map(Level::valueOf)
                    .toList());
        }
        return found.stream().max(Comparator.naturalOrder()).orElse(null);
    }

    @Override
    public String toString() {
        int folders = Arrays.stream(FOLDERS).sum();
        return "%d files in %d folders, 11 deep; %d accounts, each in up to %d of %d groups; %d grants."
                .formatted(FILES, folders, PEOPLE, GROUPS_A_PERSON, GROUPS, GRANTS);
    }

    private List<UUID> fillPeople(Random random) {
        for (int person = 0; person < PEOPLE; person++) {
            people.add(new Subject(new AccountId(uuid(random)), "person-" + person, Role.MEMBER));
        }
        write(
                "insert into accounts (id, name, display_name, password_hash, credentials, role, enabled, created_at)"
                        + " values (?, ?, ?, 'none', 0, 'MEMBER', true, ?)",
                PEOPLE,
                row -> new Object[] {
                    people.get(row).accountId().value(), people.get(row).name(), "Person " + row, new Timestamp(0)
                });
        List<UUID> groups = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            groups.add(uuid(random));
        }
        write("insert into account_groups (id, name, name_key, created_at) values (?, ?, ?, ?)", GROUPS, row ->
                new Object[] {groups.get(row), "Group " + row, "group " + row, new Timestamp(0)});
        write(
                "merge into group_members (group_id, account_id) values (?, ?)",
                PEOPLE * GROUPS_A_PERSON,
                row -> new Object[] {
                    groups.get(random.nextInt(GROUPS)),
                    people.get(row / GROUPS_A_PERSON).accountId().value()
                });
        return groups;
    }

    private List<UUID> fillFolders(Random random) {
        List<UUID> folders = new ArrayList<>();
        List<UUID> above = List.of(ResourceId.ROOT.value());
        for (int count : FOLDERS) {
            List<UUID> level = new ArrayList<>();
            for (int folder = 0; folder < count; folder++) {
                level.add(uuid(random));
            }
            List<UUID> parents = above;
            write(
                    "insert into resources (id, parent_id, name, name_key, peer_delivery, changed_at, folder) values (?, ?, ?, ?, true, ?, true)",
                    count,
                    row -> resource(level.get(row), parents.get(random.nextInt(parents.size()))));
            folders.addAll(level);
            above = level;
        }
        return folders;
    }

    /** In the order of their ids and of their folders': by chance each row would touch another page of every index, some 50 GB in all. */
    private void fillFiles(Random random, List<UUID> folders) {
        Stream.generate(() -> uuid(random))
                .limit(FILES)
                .sorted(Comparator.comparing(UUID::toString))
                .map(ResourceId::new)
                .forEach(files::add);
        List<UUID> ordered =
                folders.stream().sorted(Comparator.comparing(UUID::toString)).toList();
        write(
                "insert into resources (id, parent_id, name, name_key, peer_delivery, changed_at, folder, content_id, sha256, size_bytes,"
                        + " media_type, version_number, version_at) values (?, ?, ?, ?, true, ?, false, '" + CONTENT
                        + "', '"
                        + CONTENT + "', 0, 'text/plain', 1, current_timestamp)",
                FILES,
                row -> resource(files.get(row).value(), ordered.get((int) ((long) row * ordered.size() / FILES))));
    }

    private void fillGrants(Random random, List<UUID> groups, List<UUID> folders) {
        write(
                "merge into grants (resource_id, grantee_id, account_id, group_id, granted_level, granted_by, granted_at)"
                        + " key (resource_id, grantee_id) values (?, ?, ?, ?, ?, ?, ?)",
                GRANTS,
                row -> {
                    boolean group = row % TO_A_GROUP == 0;
                    UUID grantee = group
                            ? groups.get(random.nextInt(GROUPS))
                            : people.get(random.nextInt(PEOPLE)).accountId().value();
                    return new Object[] {
                        folders.get(random.nextInt(folders.size())),
                        grantee,
                        group ? null : grantee,
                        group ? grantee : null,
                        Level.values()[random.nextInt(Level.values().length)].name(),
                        administrator.accountId().value(),
                        new Timestamp(0)
                    };
                });
    }

    private static Object[] resource(UUID id, UUID parent) {
        return new Object[] {id, parent, id.toString(), id.toString(), new Timestamp(0)};
    }

    private void write(String statement, int count, IntFunction<Object[]> row) {
        for (int from = 0; from < count; from += BATCH) {
            List<Object[]> batch = new ArrayList<>(BATCH);
            for (int each = from; each < Math.min(count, from + BATCH); each++) {
                batch.add(row.apply(each));
            }
            transactions.executeWithoutResult(begun -> database.batchUpdate(statement, batch));
        }
    }

    private static UUID uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
