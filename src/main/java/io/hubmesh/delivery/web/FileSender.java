package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.Welcome;
import io.hubmesh.delivery.Body;
import io.hubmesh.delivery.Delivery;
import io.hubmesh.delivery.HubEgress;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Watch;
import io.hubmesh.permissions.Level;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.stereotype.Component;

/** Sends bytes of files through the hub's door for as long as the right to them stands. */
@Component
class FileSender {

    /** What an answer that is made in small pieces is sent in. In bytes. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Connections connections;
    private final Watch watch;
    private final Welcome welcome;
    private final HubEgress egress;

    FileSender(Connections connections, Watch watch, Welcome welcome, HubEgress egress) {
        this.connections = connections;
        this.watch = watch;
        this.welcome = welcome;
        this.egress = egress;
    }

    /** On what the sending rests: it ends when the subject no longer has that level. */
    record Right(Subject subject, ResourceId resource, Level level) {}

    /**
     * Sends it, or as much as its right lets through: the connector may be sending long after this has returned.
     *
     * @throws ProblemException when the right does not stand, as {@link Watch#onRevoked}
     * @param delivery is told how many bytes of the file went to the connector, also when the client broke off, and when they have gone
     */
    void send(Body body, Right right, HttpServletRequest request, HttpServletResponse response, Delivery delivery)
            throws IOException {
        Watch.Hold hold = hold(right, request);
        if (egress.handOver(body, request, response)) {
            connections.closeWhenSent(Connections.of(request), hold, () -> delivery.sent(body.length()));
            delivery.handedOver(body.length());
            return;
        }
        egress.send(
                new HubEgress.Order(right.subject().accountId(), body, null, hold::require, (bytes, whole) -> {
                    hold.close();
                    delivery.over(bytes);
                }),
                request,
                response);
    }

    /** Writes an answer as it is made. */
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Sends what is made as it is sent, for as long as its right stands; when it ends, so does the connection, so that nobody takes the part for the whole.
     *
     * @throws ProblemException as {@link #send}
     */
    void stream(Right right, HttpServletRequest request, HttpServletResponse response, Writing writing)
            throws IOException {
        try (Watch.Hold hold = hold(right, request)) {
            OutputStream out = new BufferedOutputStream(
                    egress.stream(right.subject().accountId(), hold::require, response), BUFFER_BYTES);
            writing.to(out);
            out.flush();
        } catch (ProblemException ended) {
            if (response.isCommitted()) {
                connections.cut(Connections.of(request));
            }
            throw ended;
        }
    }

    private Watch.Hold hold(Right right, HttpServletRequest request) {
        String connection = Connections.of(request);
        return watch.onRevoked(
                right.subject(),
                right.resource(),
                right.level(),
                welcome.of(right.subject(), request),
                () -> connections.cut(connection));
    }
}
