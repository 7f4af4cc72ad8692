package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.Body;
import io.hubmesh.delivery.HubEgress;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Preview;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blob;
import io.hubmesh.storage.Blobs;
import io.hubmesh.web.SecurityHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * A file's bytes to be looked at: only as types in which nothing can run, whatever the bytes are, and in a sandbox besides.
 * What is no picture, sound or film, markup and drawings included, is shown as plain text.
 */
@Controller
class PreviewController {

    /** For the page that frames it, and for nobody else's. Not even bytes that a browser misread could run or send anything. */
    private static final String SANDBOX =
            "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

    private final Library library;
    private final Blobs blobs;
    private final HubEgress egress;
    private final FileSender sender;

    PreviewController(Library library, Blobs blobs, HubEgress egress, FileSender sender) {
        this.library = library;
        this.blobs = blobs;
        this.egress = egress;
        this.sender = sender;
    }

    @GetMapping("/api/v1/resources/{id}/preview")
    void preview(Subject subject, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Resource resource = library.readFile(subject, ResourceId.of(id));
        Resource.FileVersion file = Objects.requireNonNull(resource.file());
        Preview preview = Preview.of(file)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Files of this type have no preview. Download it."));
        Blob blob = blobs.find(file.contentId()).orElseThrow(() -> new ProblemException(ProblemCode.UNEXPECTED));
        response.setContentType(preview.mediaType());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "inline");
        response.setHeader("Content-Security-Policy", SANDBOX);
        response.setHeader(SecurityHeaders.FRAME_OPTIONS, "SAMEORIGIN"); // as frame-ancestors
        response.setHeader("X-Content-Type-Options", "nosniff");
        List<ByteRange> ranges = ranges(preview, request, response, blob.size());
        Body body = preview.mostBytes() < blob.size()
                ? new Body(blob).bytes(0, preview.mostBytes())
                : RangeAnswer.begin(ranges, blob, preview.mediaType(), response);
        sender.send(
                body,
                new FileSender.Right(subject, resource.id(), Level.READ),
                request,
                response,
                egress.begin(subject, resource.id(), blob));
    }

    /** For films and sounds, in which one jumps; a text ends where it is long enough to be looked at. */
    private static List<ByteRange> ranges(
            Preview preview, HttpServletRequest request, HttpServletResponse response, long size) {
        if (!preview.seekable()) {
            return List.of();
        }
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        return RangeHeader.of(request.getHeader(HttpHeaders.RANGE), size);
    }
}
