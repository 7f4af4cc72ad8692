package io.hubmesh.library.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourceView;
import io.hubmesh.library.Versions;
import io.hubmesh.permissions.Level;
import io.hubmesh.web.Items;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The versions of a file, without their bytes; a new one comes with an upload. */
@RestController
@RequestMapping("/api/v1/resources/{id}/versions")
class VersionsController {

    private final Versions versions;
    private final Library library;
    private final Accounts accounts;

    VersionsController(Versions versions, Library library, Accounts accounts) {
        this.versions = versions;
        this.library = library;
        this.accounts = accounts;
    }

    /** @param by the name of who brought it; absent where it is not known */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(
            int number,
            long size,
            String mediaType,
            String contentId,
            String sha256,
            @Nullable String by,
            Instant at) {}

    /** @param version the number of the earlier one that is to be the newest */
    record Wanted(@Nullable Integer version) {}

    @GetMapping
    Items<Version> all(Subject subject, @PathVariable String id) {
        return new Items<>(
                versions.of(subject, ResourceId.of(id)).stream().map(this::view).toList());
    }

    /** Makes an earlier version the newest. */
    @PostMapping
    ResponseEntity<ResourceView> restore(
            Subject subject,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String tag,
            @RequestBody Wanted wanted) {
        ResourceId file = ResourceId.of(id);
        Level level = library.levelOf(subject, file).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        if (wanted.version() == null) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, "Say which version to restore.");
        }
        Resource restored = versions.restore(subject, file, Expected.of(tag), wanted.version());
        return ResponseEntity.ok().eTag(Expected.tag(restored)).body(ResourceView.of(restored, level));
    }

    @DeleteMapping("/{number}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Subject subject, @PathVariable String id, @PathVariable int number) {
        versions.remove(subject, ResourceId.of(id), number);
    }

    private Version view(Resource.FileVersion version) {
        String by = version.by() == null
                ? null
                : accounts.find(version.by()).map(Account::displayName).orElse(null);
        return new Version(
                version.number(),
                version.size(),
                version.mediaType(),
                version.contentId().hex(),
                version.sha256(),
                by,
                version.at());
    }
}
