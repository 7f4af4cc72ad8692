package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.CreatesOnce;
import io.hubmesh.web.Items;
import io.hubmesh.web.Part;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Groups of accounts, for administrators. */
@RestController
@RequestMapping("/api/v1/groups")
class GroupsController {

    private final Groups groups;

    GroupsController(Groups groups) {
        this.groups = groups;
    }

    record Wanted(@Nullable String name) {

        String given() {
            if (name == null) {
                throw new ProblemException(ProblemCode.INVALID_NAME, "Give the group a name.");
            }
            return name;
        }
    }

    record GroupResource(String id, String name, Instant createdAt, int members) {

        static GroupResource of(Group group) {
            return new GroupResource(group.id().toString(), group.name(), group.createdAt(), group.members());
        }
    }

    @GetMapping
    ResponseEntity<Items<GroupResource>> all(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Part part = Part.of(cursor, limit);
        return part.answer("/api/v1/groups", groups.after(part.after(), part.wanted()), Group::key, GroupResource::of);
    }

    @CreatesOnce
    @PostMapping
    ResponseEntity<GroupResource> create(@RequestBody Wanted wanted) {
        GroupResource made = GroupResource.of(groups.create(wanted.given()));
        return ResponseEntity.created(URI.create("/api/v1/groups/" + made.id())).body(made);
    }

    @GetMapping("/{group}")
    GroupResource one(@PathVariable String group) {
        return groups.find(GroupId.of(group))
                .map(GroupResource::of)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }

    @PatchMapping("/{group}")
    GroupResource rename(@PathVariable String group, @RequestBody Wanted wanted) {
        return GroupResource.of(groups.rename(GroupId.of(group), wanted.given()));
    }

    @DeleteMapping("/{group}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String group) {
        groups.delete(GroupId.of(group));
    }

    @GetMapping("/{group}/members")
    ResponseEntity<Items<AccountResource>> members(
            @PathVariable String group,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Part part = Part.of(cursor, limit);
        GroupId id = GroupId.of(group);
        return part.answer(
                "/api/v1/groups/" + id + "/members",
                groups.members(id, part.after(), part.wanted()),
                Account::name,
                AccountResource::of);
    }

    @PutMapping("/{group}/members/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void add(@PathVariable String group, @PathVariable String account) {
        groups.add(GroupId.of(group), AccountId.of(account));
    }

    @DeleteMapping("/{group}/members/{account}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String group, @PathVariable String account) {
        groups.remove(GroupId.of(group), AccountId.of(account));
    }
}
