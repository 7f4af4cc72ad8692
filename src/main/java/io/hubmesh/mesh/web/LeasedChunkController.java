package io.hubmesh.mesh.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.Body;
import io.hubmesh.delivery.HubEgress;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.admission.Admissions;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.swarm.Lease;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.trial.TrialBook;
import io.hubmesh.storage.Blob;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Manifest;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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

    private final Registry registry;
    private final Admissions admissions;
    private final Blobs blobs;
    private final HubEgress egress;
    private final TrialBook trials;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LeasedChunkController(
            Registry registry,
            Admissions admissions,
            Blobs blobs,
            HubEgress egress,
            TrialBook trials,
            ApplicationEventPublisher events,
            Clock clock) {
        this.registry = registry;
        this.admissions = admissions;
        this.blobs = blobs;
        this.egress = egress;
        this.trials = trials;
        this.events = events;
        this.clock = clock;
    }

    @Rated(Rate.UNCOUNTED)
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
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Body chunk = new Body(blob).bytes(manifest.offset(index), manifest.length(index));
        egress.send(
                new HubEgress.Order(
                        lease.account(),
                        chunk,
                        trials.laneOf(lease.peer()),
                        () -> admissions.require(lease.account(), lease.resource(), lease.content()),
                        (bytes, whole) -> ended(lease, index, bytes, whole)),
                request,
                response);
    }

    private void ended(Lease lease, int index, long bytes, boolean whole) {
        if (whole) {
            registry.sent(lease, index);
        }
        events.publishEvent(
                new LeaseServed(lease.account(), lease.resource(), lease.content(), bytes, clock.instant()));
    }
}
