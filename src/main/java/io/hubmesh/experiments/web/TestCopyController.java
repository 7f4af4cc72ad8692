package io.hubmesh.experiments.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.Body;
import io.hubmesh.delivery.Delivery;
import io.hubmesh.delivery.HubEgress;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.library.Library;
import io.hubmesh.library.Resource;
import io.hubmesh.mesh.Trials;
import io.hubmesh.storage.Blob;
import io.hubmesh.storage.Blobs;
import io.hubmesh.web.Rate;
import io.hubmesh.web.Rated;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The file of an experiment for a receiver that fetches it from the hub: as a download, at the experiment's rate. Permission is decided again. */
@Controller
class TestCopyController {

    private final Trials trials;
    private final Library library;
    private final Blobs blobs;
    private final HubEgress egress;

    TestCopyController(Trials trials, Library library, Blobs blobs, HubEgress egress) {
        this.trials = trials;
        this.library = library;
        this.blobs = blobs;
        this.egress = egress;
    }

    @Rated(Rate.UNCOUNTED)
    @GetMapping("/api/v1/experiments/parts/{part}/content")
    void content(Subject subject, @PathVariable String part, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Trials.Leave leave = trials.leaveOf(part, subject.accountId())
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        require(subject, leave);
        Blob blob = blobs.find(leave.content()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            response.setContentLengthLong(blob.size());
            return;
        }
        Delivery delivery = egress.begin(subject, leave.resource(), blob);
        Body whole = new Body(blob).bytes(0, blob.size());
        egress.send(
                new HubEgress.Order(
                        subject.accountId(),
                        whole,
                        leave.lane(),
                        () -> requireOngoing(subject, part),
                        (bytes, all) -> delivery.over(bytes)),
                request,
                response);
    }

    /** As long as the part goes on and the right stands. */
    private void requireOngoing(Subject subject, String part) {
        require(
                subject,
                trials.leaveOf(part, subject.accountId())
                        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND)));
    }

    private void require(Subject subject, Trials.Leave leave) {
        Resource file = library.readFile(subject, leave.resource());
        if (!Objects.requireNonNull(file.file()).contentId().equals(leave.content())) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
    }
}
