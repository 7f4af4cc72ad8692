package io.hubmesh.mesh.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.swarm.Lease;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.storage.Blob;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Manifest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One chunk from the hub, for a peer that holds a lease on it. Permission is decided again. */
@Controller
class LeasedChunkController {

    /** Few enough for every request's memory, enough for the disk. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Registry registry;
    private final Admissions admissions;
    private final Blobs blobs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LeasedChunkController(
            Registry registry, Admissions admissions, Blobs blobs, ApplicationEventPublisher events, Clock clock) {
        this.registry = registry;
        this.admissions = admissions;
        this.blobs = blobs;
        this.events = events;
        this.clock = clock;
    }

    @GetMapping("/api/v1/mesh/leases/{lease}/chunks/{index}")
    void chunk(
            Subject subject,
            @PathVariable("lease") String id,
            @PathVariable("index") int index,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Lease lease = registry.lease(id)
                .filter(found -> found.account().equals(subject.accountId()))
                .filter(found -> found.chunks().contains(index))
                .orElseThrow(() -> new ProblemException(ProblemCode.LEASE_INVALID));
        admissions.require(lease.account(), lease.resource(), lease.content());
        Manifest manifest = blobs.manifest(lease.content());
        Blob blob = blobs.find(lease.content()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            response.setContentLength(manifest.length(index));
            return;
        }
        send(lease, index, blob, manifest, response);
    }

    private void send(Lease lease, int index, Blob blob, Manifest manifest, HttpServletResponse response)
            throws IOException {
        long offset = manifest.offset(index);
        int length = manifest.length(index);
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLength(length);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        int sent = 0;
        try (FileChannel file = FileChannel.open(blob.path(), StandardOpenOption.READ)) {
            OutputStream out = response.getOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (sent < length) {
                buffer.clear().limit(Math.min(BUFFER_BYTES, length - sent));
                int more = file.read(buffer, offset + sent);
                if (more <= 0) {
                    throw new EOFException("the blob ends before its last chunk");
                }
                out.write(buffer.array(), 0, more);
                sent += more;
            }
            out.flush();
            registry.sent(lease, index);
        } finally {
            events.publishEvent(
                    new LeaseServed(lease.account(), lease.resource(), lease.content(), sent, clock.instant()));
        }
    }
}
