package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Access;
import io.hubmesh.library.Reaches;
import io.hubmesh.permissions.Grantee;
import io.hubmesh.permissions.Level;
import io.hubmesh.web.Items;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The grants on a resource, for those who manage it. */
@RestController
@RequestMapping("/api/v1/resources/{id}")
class GrantsController {

    private final Access access;
    private final Reaches reaches;

    GrantsController(Access access, Reaches reaches) {
        this.access = access;
        this.reaches = reaches;
    }

    record Wanted(@Nullable Level level) {

        Level given() {
            if (level == null) {
                throw new ProblemException(ProblemCode.INVALID_VALUE, "Say the level: READ, WRITE or MANAGE.");
            }
            return level;
        }
    }

    /** @param kind {@code account} or {@code group}, whose id {@code grantee} is */
    record GrantView(
            String kind,
            String grantee,
            String name,
            String displayName,
            Level level,
            String resource,
            String resourceName,
            boolean inherited) {

        static GrantView of(Access.Reach reach) {
            return new GrantView(
                    kindOf(reach.grantee()),
                    reach.grantee().id().toString(),
                    reach.name(),
                    reach.displayName(),
                    reach.level(),
                    reach.from().id().toString(),
                    reach.from().name(),
                    reach.inherited());
        }
    }

    /** @param kind {@code account} or {@code group} */
    record GranteeView(String kind, String id, String name, String displayName) {

        static GranteeView of(Reaches.Found found) {
            return new GranteeView(
                    kindOf(found.grantee()), found.grantee().id().toString(), found.name(), found.displayName());
        }
    }

    static String kindOf(Grantee grantee) {
        return grantee.kind().name().toLowerCase(Locale.ROOT);
    }

    @GetMapping("/grants")
    Items<GrantView> reaching(Subject subject, @PathVariable String id) {
        return new Items<>(access.reaching(subject, ResourceId.of(id)).stream()
                .map(GrantView::of)
                .toList());
    }

    /** Whom one can grant it to: those whose name begins so. */
    @GetMapping("/grantees")
    Items<GranteeView> grantees(Subject subject, @PathVariable String id, @RequestParam String beginning) {
        return new Items<>(reaches.search(subject, ResourceId.of(id), beginning).stream()
                .map(GranteeView::of)
                .toList());
    }

    @PutMapping("/grants/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void grant(Subject subject, @PathVariable String id, @PathVariable String account, @RequestBody Wanted wanted) {
        access.grant(subject, ResourceId.of(id), account, wanted.given());
    }

    @DeleteMapping("/grants/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(Subject subject, @PathVariable String id, @PathVariable String account) {
        access.withdraw(subject, ResourceId.of(id), account);
    }

    @PutMapping("/grants/groups/{group}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void grantGroup(Subject subject, @PathVariable String id, @PathVariable String group, @RequestBody Wanted wanted) {
        access.grant(subject, ResourceId.of(id), GroupId.of(group), wanted.given());
    }

    @DeleteMapping("/grants/groups/{group}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdrawGroup(Subject subject, @PathVariable String id, @PathVariable String group) {
        access.withdraw(subject, ResourceId.of(id), GroupId.of(group));
    }
}
