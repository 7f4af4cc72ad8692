package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.HubEgress;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blob;
import io.hubmesh.storage.Blobs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.ServletWebRequest;

/** A file's bytes from the hub, whole or in ranges. */
@Controller
class DownloadController {

    private static final String REPR_DIGEST = "Repr-Digest";

    /** Whatever the bytes are, opened in a tab of their own they can do nothing. */
    private static final String HARMLESS = "default-src 'none'; sandbox";

    private final Library library;
    private final Blobs blobs;
    private final HubEgress egress;
    private final FileSender sender;

    DownloadController(Library library, Blobs blobs, HubEgress egress, FileSender sender) {
        this.library = library;
        this.blobs = blobs;
        this.egress = egress;
        this.sender = sender;
    }

    @GetMapping("/api/v1/resources/{id}/content")
    void content(Subject subject, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Resource resource = library.requireFile(subject, ResourceId.of(id), Level.READ);
        Resource.FileVersion file = Objects.requireNonNull(resource.file());
        String etag = '"' + file.sha256() + '"';
        describe(resource, file, response);
        if (new ServletWebRequest(request, response).checkNotModified(etag)) {
            return;
        }
        Blob blob = blobs.find(file.contentId()).orElseThrow(() -> new ProblemException(ProblemCode.UNEXPECTED));
        ByteRange range = range(request, response, etag, blob.size());
        response.setContentType(file.mediaType());
        if (range.partial()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange(blob.size()));
        }
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            response.setContentLengthLong(range.length());
            return;
        }
        sender.send(
                blob.path(),
                range,
                new FileSender.Right(subject, resource.id(), Level.READ),
                request,
                response,
                bytes -> egress.handedOver(subject, resource.id(), blob, bytes));
    }

    private static void describe(Resource resource, Resource.FileVersion file, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(resource.name(), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        byte[] digest = HexFormat.of().parseHex(file.sha256());
        response.setHeader(REPR_DIGEST, "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
        response.setHeader("Content-Security-Policy", HARMLESS);
    }

    private static ByteRange range(HttpServletRequest request, HttpServletResponse response, String etag, long size) {
        String condition = request.getHeader(HttpHeaders.IF_RANGE);
        if (condition != null && !condition.equals(etag)) {
            return ByteRange.whole(size);
        }
        try {
            return ByteRange.of(request.getHeader(HttpHeaders.RANGE), size);
        } catch (ProblemException notSatisfiable) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
            response.setHeader(REPR_DIGEST, null);
            throw notSatisfiable;
        }
    }
}
