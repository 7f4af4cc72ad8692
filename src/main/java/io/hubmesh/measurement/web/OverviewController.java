package io.hubmesh.measurement.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.Welcome;
import io.hubmesh.measurement.Overview;
import io.hubmesh.measurement.Overviews;
import io.hubmesh.web.HubConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The measurements: once, or as a stream of server-sent events. */
@RestController
@RequestMapping("/api/v1/measurement")
class OverviewController {

    private final Overviews overviews;
    private final OverviewStreams streams;
    private final Welcome welcome;

    OverviewController(Overviews overviews, OverviewStreams streams, Welcome welcome) {
        this.overviews = overviews;
        this.streams = streams;
        this.welcome = welcome;
    }

    @GetMapping("/overview")
    Overview overview(Subject subject) {
        return overviews.of(subject);
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(Subject subject, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // a proxy must not hold events back
        return streams.open(subject, welcome.of(subject, request), HubConnection.lockOf(request));
    }
}
