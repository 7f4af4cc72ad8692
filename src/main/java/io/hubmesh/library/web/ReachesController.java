package io.hubmesh.library.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Matrix;
import io.hubmesh.library.Reaches;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import io.hubmesh.web.Items;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who reaches what, and why: of a resource for those who manage it, of people and of all for administrators. */
@RestController
@RequestMapping("/api/v1")
class ReachesController {

    private final Reaches reaches;
    private final Matrix matrix;

    ReachesController(Reaches reaches, Matrix matrix) {
        this.reaches = reaches;
        this.matrix = matrix;
    }

    record Named(String id, String name) {

        static Named of(Resource resource) {
            return new Named(resource.id().toString(), resource.name());
        }

        static @Nullable Named of(@Nullable Group group) {
            return group == null ? null : new Named(group.id().toString(), group.name());
        }
    }

    /**
     * Why.
     *
     * @param level null for none
     * @param by {@code administrator}, {@code account} or {@code group}; null with no level
     * @param on the resource that the grant was given on; null for administrators
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WhyView(
            @Nullable Level level,
            @Nullable String by,
            @Nullable Named group,
            @Nullable Named on,
            boolean inherited) {

        static final WhyView NONE = new WhyView(null, null, null, null, false);

        static WhyView of(Reaches.@Nullable Why why) {
            if (why == null) {
                return NONE;
            }
            Resource from = why.from();
            String by = from == null ? "administrator" : why.group() == null ? "account" : "group";
            return new WhyView(
                    why.level(), by, Named.of(why.group()), from == null ? null : Named.of(from), why.inherited());
        }
    }

    record PersonView(String id, String name, String displayName, WhyView why) {

        static PersonView of(Reaches.Person person) {
            Account account = person.account();
            return new PersonView(
                    account.id().toString(), account.name(), account.displayName(), WhyView.of(person.why()));
        }
    }

    record PageView<T>(List<T> items, int page, boolean more) {}

    record WayView(Named resource, Level level, @Nullable Named group) {

        static WayView of(Reaches.Way way) {
            return new WayView(Named.of(way.resource()), way.level(), Named.of(way.group()));
        }
    }

    record RowView(String kind, String id, String name, String displayName, List<WhyView> cells) {

        static RowView of(Matrix.Row row) {
            return new RowView(
                    GrantsController.kindOf(row.grantee()),
                    row.grantee().id().toString(),
                    row.name(),
                    row.displayName(),
                    row.cells().stream().map(WhyView::of).toList());
        }
    }

    record MatrixView(Named folder, PageView<Named> columns, PageView<RowView> rows) {}

    @GetMapping("/resources/{id}/reach")
    PageView<PersonView> of(Subject subject, @PathVariable String id, @RequestParam(defaultValue = "0") int page) {
        Reaches.Page<Reaches.Person> found = reaches.of(subject, ResourceId.of(id), page);
        return new PageView<>(found.items().stream().map(PersonView::of).toList(), found.number(), found.more());
    }

    @GetMapping("/resources/{id}/reach/{account}")
    WhyView of(Subject subject, @PathVariable String id, @PathVariable String account) {
        return WhyView.of(reaches.of(subject, ResourceId.of(id), account).orElse(null));
    }

    @GetMapping("/accounts/{id}/reach")
    Items<WayView> ways(@PathVariable String id) {
        return new Items<>(
                reaches.ways(AccountId.of(id)).stream().map(WayView::of).toList());
    }

    @GetMapping("/matrix")
    MatrixView matrix(
            Subject subject,
            @RequestParam(required = false) @Nullable String folder,
            @RequestParam(defaultValue = "0") int across,
            @RequestParam(defaultValue = "0") int down) {
        Matrix.View view = matrix.of(subject, folder == null ? ResourceId.ROOT : ResourceId.of(folder), across, down);
        return new MatrixView(
                Named.of(view.folder()),
                new PageView<>(
                        view.columns().items().stream().map(Named::of).toList(),
                        view.columns().number(),
                        view.columns().more()),
                new PageView<>(
                        view.rows().items().stream().map(RowView::of).toList(),
                        view.rows().number(),
                        view.rows().more()));
    }
}
