package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.HubEgress;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Versions;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blob;
import io.hubmesh.storage.Blobs;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.ServletWebRequest;

/** A file's bytes from the hub, whole or in ranges. */
@Controller
class DownloadController {

    /** Whatever the bytes are, opened in a tab of their own they can do nothing. */
    private static final String HARMLESS = "default-src 'none'; sandbox";

    private static final Duration SAME_SECOND = Duration.ofSeconds(1);

    private final Library library;
    private final Versions versions;
    private final Blobs blobs;
    private final HubEgress egress;
    private final FileSender sender;
    private final Clock clock;

    DownloadController(
            Library library, Versions versions, Blobs blobs, HubEgress egress, FileSender sender, Clock clock) {
        this.library = library;
        this.versions = versions;
        this.blobs = blobs;
        this.egress = egress;
        this.sender = sender;
        this.clock = clock;
    }

    @Rated(Rate.UNCOUNTED)
    @GetMapping("/api/v1/resources/{id}/content")
    void content(Subject subject, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send(subject, library.readFile(subject, ResourceId.of(id)), request, response);
    }

    /** An earlier version, for those who may change the file. */
    @GetMapping("/api/v1/resources/{id}/versions/{number}/content")
    void version(
            Subject subject,
            @PathVariable String id,
            @PathVariable int number,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        send(subject, versions.one(subject, ResourceId.of(id), number), request, response);
    }

    private void send(Subject subject, Resource resource, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Resource.FileVersion file = Objects.requireNonNull(resource.file());
        String etag = '"' + file.sha256() + '"';
        Instant changed = resource.changedAt().truncatedTo(ChronoUnit.SECONDS);
        Conditions.require(request, etag, changed);
        describe(resource, file, request, response);
        if (new ServletWebRequest(request, response).checkNotModified(etag, changed.toEpochMilli())) {
            return;
        }
        Blob blob = blobs.find(file.contentId()).orElseThrow(() -> new ProblemException(ProblemCode.UNEXPECTED));
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            response.setContentType(file.mediaType());
            response.setContentLengthLong(blob.size()); // a range is for GET alone: RFC 9110, section 14.2
            return;
        }
        List<ByteRange> ranges = holds(request, etag, changed) ? ranges(request, response, blob.size()) : List.of();
        sender.send(
                RangeAnswer.begin(ranges, blob, file.mediaType(), response),
                new FileSender.Right(subject, resource.id(), Level.READ),
                request,
                response,
                egress.begin(subject, resource.id(), blob));
    }

    private static void describe(
            Resource resource, Resource.FileVersion file, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, Disposition.attachment(resource.name()));
        if (ReprDigest.isWanted(request.getHeader(ReprDigest.WANTED))) {
            response.setHeader(ReprDigest.HEADER, ReprDigest.of(file.sha256()));
        }
        response.setHeader("Content-Security-Policy", HARMLESS);
    }

    /** Whether what If-Range names is still so, so that ranges are of use (RFC 9110, section 13.1.5). */
    private boolean holds(HttpServletRequest request, String etag, Instant changed) {
        String condition = request.getHeader(HttpHeaders.IF_RANGE);
        if (condition == null || condition.equals(etag)) {
            return true;
        }
        // a date is a strong validator only when nothing can have changed within its second (section 8.8.2.2)
        return condition.equals(DateTimeFormatter.RFC_1123_DATE_TIME.format(changed.atOffset(ZoneOffset.UTC)))
                && changed.isBefore(clock.instant().minus(SAME_SECOND));
    }

    private static List<ByteRange> ranges(HttpServletRequest request, HttpServletResponse response, long size) {
        try {
            return RangeHeader.of(request.getHeader(HttpHeaders.RANGE), size);
        } catch (ProblemException notSatisfiable) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
            response.setHeader(ReprDigest.HEADER, null);
            throw notSatisfiable;
        }
    }
}
