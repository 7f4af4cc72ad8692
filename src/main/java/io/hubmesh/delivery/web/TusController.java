package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.uploads.Checksum;
import io.hubmesh.delivery.uploads.Delivery;
import io.hubmesh.delivery.uploads.Upload;
import io.hubmesh.delivery.uploads.Uploads;
import io.hubmesh.delivery.uploads.Uploads.Progress;
import io.hubmesh.kernel.Ids;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.web.Items;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Uploads that survive a broken connection, a closed browser and a hub that was stopped: tus 1.0.0 (tus.io/protocols/resumable-upload), with its
 * extensions creation, creation-with-upload, termination, checksum and expiration. An upload is shown to the account that began it and to nobody else.
 */
@RestController
@RequestMapping("/api/v1/uploads")
class TusController {

    private static final String VERSION = "1.0.0";
    private static final String EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration";
    private static final String BYTES = "application/offset+octet-stream";

    private static final String TUS_RESUMABLE = "Tus-Resumable";
    private static final String TUS_VERSION = "Tus-Version";
    private static final String UPLOAD_OFFSET = "Upload-Offset";
    private static final String UPLOAD_LENGTH = "Upload-Length";
    private static final String UPLOAD_METADATA = "Upload-Metadata";
    private static final String UPLOAD_CHECKSUM = "Upload-Checksum";
    private static final String OVERRIDE = "X-HTTP-Method-Override";

    /** The file in the library that an upload has become; not of tus. */
    private static final String RESOURCE = "Hubmesh-Resource";

    private final Uploads uploads;
    private final UploadGuard guard;

    TusController(Uploads uploads, UploadGuard guard) {
        this.uploads = uploads;
        this.guard = guard;
    }

    /**
     * An upload that has not arrived.
     *
     * @param size in bytes
     * @param offset how many bytes the hub has
     */
    record UploadView(UUID id, ResourceId folder, String name, long size, long offset, Instant expiresAt) {}

    @RequestMapping(
            path = {"", "/{upload}"},
            method = RequestMethod.OPTIONS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void options(HttpServletResponse response) {
        response.setHeader(TUS_RESUMABLE, VERSION);
        response.setHeader(TUS_VERSION, VERSION);
        response.setHeader("Tus-Extension", EXTENSIONS);
        response.setHeader("Tus-Checksum-Algorithm", Checksum.NAMES);
    }

    /** The asker's own, the one that expires first at the beginning. */
    @GetMapping
    Items<UploadView> unfinished(Subject subject) {
        return new Items<>(uploads.unfinished(subject).stream()
                .map(progress -> {
                    Upload upload = progress.upload();
                    return new UploadView(
                            upload.id(),
                            upload.folder(),
                            upload.name(),
                            upload.size(),
                            progress.offset(),
                            upload.expiresAt());
                })
                .toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    void create(Subject subject, HttpServletRequest request, HttpServletResponse response) throws IOException {
        speak(request, response);
        UploadMetadata metadata = UploadMetadata.of(request.getHeader(UPLOAD_METADATA));
        long size = number(request, UPLOAD_LENGTH);
        Progress progress = uploads.create(
                subject,
                new Uploads.Wish(
                        ResourceId.of(metadata.folder()), metadata.name(), MediaTypes.of(metadata.type()), size));
        response.setHeader(
                HttpHeaders.LOCATION, "/api/v1/uploads/" + progress.upload().id());
        if (BYTES.equals(request.getContentType()) && size > 0) {
            progress = append(subject, progress.upload(), 0, request);
        }
        tell(progress, response);
    }

    @Rated(Rate.UNCOUNTED)
    @RequestMapping(path = "/{upload}", method = RequestMethod.HEAD)
    void progress(
            Subject subject,
            @PathVariable("upload") String id,
            HttpServletRequest request,
            HttpServletResponse response) {
        speak(request, response);
        Progress progress = uploads.progress(subject, id(id));
        Upload upload = progress.upload();
        response.setHeader(UPLOAD_LENGTH, Long.toString(upload.size()));
        response.setHeader(
                UPLOAD_METADATA,
                new UploadMetadata(upload.folder().toString(), upload.name(), upload.mediaType()).toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        tell(progress, response);
    }

    @Rated(Rate.UNCOUNTED)
    @PatchMapping("/{upload}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void append(
            Subject subject,
            @PathVariable("upload") String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        speak(request, response);
        if (!BYTES.equals(request.getContentType())) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
        long offset = number(request, UPLOAD_OFFSET);
        tell(append(subject, uploads.find(subject, id(id)), offset, request), response);
    }

    /** Of an upload that is refused because the right to it is gone, nothing stays. */
    private Progress append(Subject subject, Upload upload, long offset, HttpServletRequest request)
            throws IOException {
        return guard.whileAllowed(
                subject,
                upload.folder(),
                request,
                bytes -> uploads.append(subject, upload.id(), delivery(offset, request, bytes)),
                () -> uploads.terminate(subject, upload.id()));
    }

    @DeleteMapping("/{upload}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void terminate(
            Subject subject,
            @PathVariable("upload") String id,
            HttpServletRequest request,
            HttpServletResponse response) {
        speak(request, response);
        uploads.terminate(subject, id(id));
    }

    /** For clients behind something that lets no other methods through. */
    @Rated(Rate.UNCOUNTED)
    @PostMapping("/{upload}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void override(
            Subject subject,
            @PathVariable("upload") String id,
            @RequestHeader(OVERRIDE) String method,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        switch (method) {
            case "PATCH" -> append(subject, id, request, response);
            case "DELETE" -> terminate(subject, id, request, response);
            case "HEAD" -> progress(subject, id, request, response);
            default -> throw new ProblemException(ProblemCode.METHOD_NOT_ALLOWED);
        }
    }

    private static void speak(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(TUS_RESUMABLE, VERSION);
        if (!VERSION.equals(request.getHeader(TUS_RESUMABLE))) {
            response.setHeader(TUS_VERSION, VERSION);
            throw new ProblemException(ProblemCode.TUS_VERSION_UNSUPPORTED);
        }
    }

    private static void tell(Progress progress, HttpServletResponse response) {
        response.setHeader(UPLOAD_OFFSET, Long.toString(progress.offset()));
        ResourceId resource = progress.upload().resource();
        if (resource != null) {
            response.setHeader(RESOURCE, resource.toString());
        } else {
            response.setHeader(
                    "Upload-Expires",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            progress.upload().expiresAt().atOffset(ZoneOffset.UTC)));
        }
    }

    private static Delivery delivery(long offset, HttpServletRequest request, InputStream bytes) {
        return new Delivery(
                offset, request.getContentLengthLong(), Checksum.of(request.getHeader(UPLOAD_CHECKSUM)), bytes);
    }

    private static UUID id(String text) {
        return Ids.uuid(text);
    }

    private static long number(HttpServletRequest request, String header) {
        String text = request.getHeader(header);
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw new ProblemException(
                    ProblemCode.MALFORMED_REQUEST, header + " must be a number of bytes, 0 or more.");
        }
        return Long.parseLong(text);
    }
}
