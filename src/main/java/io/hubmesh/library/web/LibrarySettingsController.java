package io.hubmesh.library.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.library.LibrarySettings;
import io.hubmesh.web.EntityTag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long versions and the trash are kept, for administrators. Read and written whole; {@code If-Match} must be said. */
@RestController
@RequestMapping("/api/v1/library/settings")
class LibrarySettingsController {

    private final LibrarySettings settings;

    LibrarySettingsController(LibrarySettings settings) {
        this.settings = settings;
    }

    /** 0 is without end for each of them. */
    record Shown(int versionsKept, int versionDays, int trashDays) {}

    record Wanted(
            @Nullable Integer versionsKept,
            @Nullable Integer versionDays,
            @Nullable Integer trashDays) {}

    @GetMapping
    ResponseEntity<Shown> settings() {
        return answer(settings.now());
    }

    @PutMapping
    ResponseEntity<Shown> change(
            Subject subject,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String tag,
            @RequestBody Wanted wanted) {
        long version = EntityTag.required(tag);
        if (wanted.versionsKept() == null || wanted.versionDays() == null || wanted.trashDays() == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "Say all of them: versionsKept, versionDays, trashDays.");
        }
        return answer(settings.change(
                subject,
                new LibrarySettings.Policy(version, wanted.versionsKept(), wanted.versionDays(), wanted.trashDays())));
    }

    private static ResponseEntity<Shown> answer(LibrarySettings.Policy policy) {
        return ResponseEntity.ok()
                .eTag(EntityTag.of(policy.version()))
                .body(new Shown(policy.versionsKept(), policy.versionDays(), policy.trashDays()));
    }
}
