package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.uploads.Uploads;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Clash;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourceView;
import io.hubmesh.permissions.Level;
import io.hubmesh.web.CreatesOnce;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes a whole file in one request: for scripts, which know nothing of tus. */
@RestController
class UploadController {

    private static final String FILES = "/api/v1/resources/{id}/files";

    private final Library library;
    private final Uploads uploads;
    private final UploadGuard guard;

    UploadController(Library library, Uploads uploads, UploadGuard guard) {
        this.library = library;
        this.uploads = uploads;
        this.guard = guard;
    }

    @CreatesOnce
    @PostMapping(FILES)
    ResponseEntity<ResourceView> upload(
            Subject subject,
            @PathVariable String id,
            @RequestParam String name,
            @RequestParam @Nullable String clash,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String tag,
            HttpServletRequest request)
            throws IOException {
        ResourceId folder = ResourceId.of(id);
        library.requireFolder(subject, folder, Level.WRITE);
        long size = request.getContentLengthLong();
        if (size < 0) {
            throw new ProblemException(ProblemCode.LENGTH_REQUIRED);
        }
        Uploads.Wish wish = new Uploads.Wish(folder, name, MediaTypes.of(request.getContentType()), size);
        Resource file = guard.whileAllowed(
                subject,
                folder,
                request,
                bytes -> uploads.receive(subject, wish, Clash.of(clash), Expected.of(tag), bytes),
                () -> {});
        return ResponseEntity.created(URI.create("/api/v1/resources/" + file.id()))
                .body(ResourceView.of(file, library.levelOf(subject, file.id()).orElse(Level.WRITE)));
    }

    /** A form, which curl says that it sends unless told otherwise, would be read as one and its bytes be gone. */
    @PostMapping(
            path = FILES,
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE})
    void refuseForm() {
        throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
}
