package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.library.Resource;
import io.hubmesh.library.ResourceView;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Incoming;
import io.hubmesh.storage.Manifest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes a file's bytes as they come, to the disk and through the hashes in one pass. */
@RestController
class UploadController {

    /** In bytes; what is in memory of an upload at any time. */
    private static final int BUFFER_BYTES = 256 * 1024;

    private static final int LONGEST_MEDIA_TYPE = 127;

    private static final String FILES = "/api/v1/resources/{id}/files";

    private final Library library;
    private final LibraryChanges changes;
    private final Blobs blobs;

    UploadController(Library library, LibraryChanges changes, Blobs blobs) {
        this.library = library;
        this.changes = changes;
        this.blobs = blobs;
    }

    @PostMapping(FILES)
    ResponseEntity<ResourceView> upload(
            Subject subject, @PathVariable String id, @RequestParam String name, HttpServletRequest request)
            throws IOException {
        ResourceId folder = ResourceId.of(id);
        changes.requireRoomFor(subject, folder, name);
        long size = request.getContentLengthLong();
        if (size < 0) {
            throw new ProblemException(ProblemCode.LENGTH_REQUIRED);
        }
        Manifest content = receive(request.getInputStream(), size);
        Resource file = changes.addFile(subject, folder, name, mediaType(request.getContentType()), content);
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

    private Manifest receive(InputStream bytes, long size) throws IOException {
        try (Incoming incoming = blobs.receive(size)) {
            byte[] buffer = new byte[(int) Math.max(1, Math.min(size, BUFFER_BYTES))];
            int count;
            while ((count = next(bytes, buffer)) >= 0) {
                incoming.write(buffer, 0, count);
            }
            return incoming.finish();
        }
    }

    /** A connection that breaks is an upload that ended early. */
    private static int next(InputStream bytes, byte[] buffer) {
        try {
            return bytes.read(buffer);
        } catch (IOException broken) {
            throw new ProblemException(ProblemCode.UPLOAD_INCOMPLETE, broken);
        }
    }

    private static String mediaType(@Nullable String header) {
        try {
            MediaType type = header == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(header);
            String plain = type.getType() + "/" + type.getSubtype();
            return plain.length() <= LONGEST_MEDIA_TYPE && type.isConcrete()
                    ? plain
                    : MediaType.APPLICATION_OCTET_STREAM_VALUE;
        } catch (InvalidMediaTypeException unknown) {
            return MediaType.APPLICATION_OCTET_STREAM_VALUE;
        }
    }
}
