package io.hubmesh.library;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.permissions.Chain;
import io.hubmesh.permissions.Grant;
import io.hubmesh.permissions.Grantee;
import io.hubmesh.permissions.Level;
import io.hubmesh.permissions.Permissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** People and groups against what a folder holds: for administrators. */
@Service
@Transactional(readOnly = true)
public class Matrix {

    /** More columns nobody can read. */
    public static final int COLUMNS = 8;

    private final Library library;
    private final FolderLists lists;
    private final Reaches reaches;
    private final Permissions permissions;
    private final Accounts accounts;
    private final Groups groups;

    Matrix(
            Library library,
            FolderLists lists,
            Reaches reaches,
            Permissions permissions,
            Accounts accounts,
            Groups groups) {
        this.library = library;
        this.lists = lists;
        this.reaches = reaches;
        this.permissions = permissions;
        this.accounts = accounts;
        this.groups = groups;
    }

    /**
     * A page of it.
     *
     * @param ways from the top folder down to the folder itself
     * @param columns what the folder holds, folders first, by name
     * @param rows groups first, then people, each by name
     */
    public record View(Resource folder, List<Resource> ways, Reaches.Page<Resource> columns, Reaches.Page<Row> rows) {}

    /** @param cells for each column why there is a level, or null for none */
    public record Row(Grantee grantee, String name, String displayName, List<Reaches.@Nullable Why> cells) {}

    /**
     * Shows a folder; the subject is an administrator.
     *
     * @param across the page of columns, {@code down} the page of rows, both from 0
     */
    public View of(Subject subject, ResourceId folder, int across, int down) {
        Resource shown = library.requireFolder(subject, folder, Level.MANAGE);
        List<Resource> held = lists.children(subject, folder, Order.BY_NAME, null, ResourcePage.MOST).items().stream()
                .map(ResourcePage.Item::resource)
                .toList();
        int number = Math.max(0, Math.min(across, ResourcePage.MOST));
        int first = number * COLUMNS;
        List<Resource> columns = held.stream().skip(first).limit(COLUMNS).toList();
        List<Column> asked = columns.stream().map(this::column).toList();
        List<Who> all = Stream.concat(
                        groups.all().stream().map(Who::of),
                        accounts.all().stream().filter(Account::enabled).map(Who::of))
                .toList();
        Reaches.Page<Who> page = Reaches.Page.of(all, down);
        List<Row> rows = page.items().stream().map(who -> row(who, asked)).toList();
        return new View(
                shown,
                library.path(subject, folder),
                new Reaches.Page<>(columns, number, held.size() > first + columns.size()),
                new Reaches.Page<>(rows, page.number(), page.more()));
    }

    private Column column(Resource resource) {
        Chain chain = library.chain(resource.id());
        return new Column(chain, permissions.reaching(chain));
    }

    private Row row(Who who, List<Column> columns) {
        List<Reaches.@Nullable Why> cells = new ArrayList<>();
        for (Column column : columns) {
            cells.add(cell(who, column));
        }
        return new Row(who.grantee(), who.name(), who.displayName(), cells);
    }

    private Reaches.@Nullable Why cell(Who who, Column column) {
        return who.account() == null
                ? ofGroup(who, column).orElse(null)
                : reaches.why(who.account(), column.chain()).orElse(null);
    }

    /** What everybody in a group has by it. */
    private Optional<Reaches.Why> ofGroup(Who who, Column column) {
        return column.grants().stream()
                .filter(grant -> grant.grantee().equals(who.grantee()))
                .max(Comparator.comparing(Grant::level))
                .map(grant -> new Reaches.Why(
                        grant.level(),
                        who.group(),
                        library.named(grant.resource()),
                        !grant.resource().equals(column.chain().resource())));
    }

    private record Column(Chain chain, List<Grant> grants) {}

    private record Who(
            Grantee grantee,
            String name,
            String displayName,
            @Nullable Account account,
            @Nullable Group group) {

        static Who of(Account account) {
            return new Who(Grantee.of(account.id()), account.name(), account.displayName(), account, null);
        }

        static Who of(Group group) {
            return new Who(Grantee.of(group.id()), group.name(), group.name(), null, group);
        }
    }
}
