package io.hubmesh.delivery;

import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.events.DeliveryListener;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.storage.Blob;
import io.hubmesh.web.HubConnection;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one door through which bytes of files leave the hub: by the connector itself where nothing speaks against it, through a buffer where each byte
 * must be seen, and paced where an administrator has set a limit.
 */
@Component
public class HubEgress {

    /** Attributes of Tomcat's connector; see its documentation on sendfile. */
    private static final String SUPPORTED = "org.apache.tomcat.sendfile.support";

    private static final String FILE = "org.apache.tomcat.sendfile.filename";
    private static final String START = "org.apache.tomcat.sendfile.start";
    private static final String END = "org.apache.tomcat.sendfile.end";

    /** Below this a copy is quicker than handing the socket to the poller. In bytes. */
    private static final long WORTH_IT = 48 * 1024;

    /** How much is handed over, and counted, at a time. In bytes. */
    private static final int STEP = 64 * 1024;

    private final List<DeliveryListener> listeners;
    private final Clock clock;
    private final EgressBook book;
    private final EgressPacer pacer;

    HubEgress(List<DeliveryListener> listeners, Clock clock, EgressBook book, EgressPacer pacer) {
        this.listeners = listeners;
        this.clock = clock;
        this.book = book;
        this.pacer = pacer;
    }

    /** Told once, when an answer has ended, with how many bytes of the file were handed to the connector, and whether that is all. */
    public interface Ended {
        void with(long bytes, boolean whole);
    }

    /**
     * What is to be sent.
     *
     * @param account whose limit it counts against
     * @param lane through which it goes, beside all limits; null: through none
     * @param stands throws when it must end; asked before each slice
     */
    public record Order(
            AccountId account, Body body, @Nullable Lane lane, Runnable stands, Ended ended) {}

    /**
     * Hands it over to the connector, which sends it when the request has ended, and keeps no thread for it.
     *
     * @return false when that does not apply, and nothing has happened: to a small one, to several ranges, and while there are limits
     */
    public boolean handOver(Body body, HttpServletRequest request, HttpServletResponse response) {
        long start = body.onlyStart();
        if (start < 0
                || body.length() < WORTH_IT
                || book.now().isLimited()
                || !Boolean.TRUE.equals(request.getAttribute(SUPPORTED))) {
            return false;
        }
        response.setContentLengthLong(body.length());
        request.setAttribute(FILE, body.file().toString());
        request.setAttribute(START, start);
        request.setAttribute(END, start + body.length());
        return true;
    }

    /** Sends it and its length, and counts what the client's side has taken; returns at once where it is paced. */
    public void send(Order order, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentLengthLong(order.body().length());
        if (!book.now().isLimited() && order.lane() == null) {
            copy(order, stream(order.account(), order.stands(), response));
            return;
        }
        AsyncContext context = request.startAsync();
        context.setTimeout(0); // the connector watches over clients that take nothing
        PacedAnswer answer =
                new PacedAnswer(context, response.getOutputStream(), order, pacer, HubConnection.lockOf(request));
        context.addListener(answer);
        response.getOutputStream().setWriteListener(answer);
    }

    /**
     * For what is made while it is sent: where its bytes go. Whoever writes there waits for turns, if there are limits.
     *
     * @param account whose limit it counts against
     * @param stands throws when it must end; asked before each slice
     */
    public OutputStream stream(AccountId account, Runnable stands, HttpServletResponse response) throws IOException {
        return new MeteredOutput(response.getOutputStream(), account, stands, book, pacer);
    }

    /** An answer with bytes of this file begins. */
    public Delivery begin(Subject subject, ResourceId resource, Blob blob) {
        return new Delivery(listeners, clock, subject, resource, blob);
    }

    private static void copy(Order order, OutputStream out) throws IOException {
        Body body = order.body();
        try (body) {
            byte[] buffer = new byte[(int) Math.min(STEP, body.length())];
            while (!body.isEmpty()) {
                out.write(buffer, 0, body.read(buffer, buffer.length));
            }
            out.flush();
        } finally {
            order.ended().with(body.fromFile(), body.isEmpty());
        }
    }
}
