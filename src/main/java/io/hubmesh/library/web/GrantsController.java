package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Access;
import io.hubmesh.permissions.Level;
import io.hubmesh.web.Items;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who reaches a resource, for those who manage it. */
@RestController
@RequestMapping("/api/v1/resources/{id}/grants")
class GrantsController {

    private final Access access;

    GrantsController(Access access) {
        this.access = access;
    }

    record Wanted(@Nullable Level level) {}

    record GrantView(
            String account,
            String name,
            String displayName,
            Level level,
            String resource,
            String resourceName,
            boolean inherited) {

        static GrantView of(Access.Reach reach) {
            return new GrantView(
                    reach.account().id().toString(),
                    reach.account().name(),
                    reach.account().displayName(),
                    reach.level(),
                    reach.from().id().toString(),
                    reach.from().name(),
                    reach.inherited());
        }
    }

    @GetMapping
    Items<GrantView> reaching(Subject subject, @PathVariable String id) {
        return new Items<>(access.reaching(subject, ResourceId.of(id)).stream()
                .map(GrantView::of)
                .toList());
    }

    @PutMapping("/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void grant(Subject subject, @PathVariable String id, @PathVariable String account, @RequestBody Wanted wanted) {
        Level level = wanted.level();
        if (level == null) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "Say the level: READ, WRITE or MANAGE.");
        }
        access.grant(subject, ResourceId.of(id), account, level);
    }

    @DeleteMapping("/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(Subject subject, @PathVariable String id, @PathVariable String account) {
        access.withdraw(subject, ResourceId.of(id), account);
    }
}
