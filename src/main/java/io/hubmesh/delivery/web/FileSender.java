package io.hubmesh.delivery.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.Welcome;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Watch;
import io.hubmesh.permissions.Level;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/** Sends a part of a file: by the kernel's sendfile where the connector offers it, else through a buffer. */
@Component
class FileSender {

    /** Attributes of Tomcat's connector; see its documentation on sendfile. */
    private static final String SUPPORTED = "org.apache.tomcat.sendfile.support";

    private static final String FILE = "org.apache.tomcat.sendfile.filename";
    private static final String START = "org.apache.tomcat.sendfile.start";
    private static final String END = "org.apache.tomcat.sendfile.end";

    /** Below this a copy is quicker than handing the socket to the poller. In bytes. */
    private static final long WORTH_IT = 48 * 1024;

    /** How much is handed over, and counted, at a time. In bytes. */
    private static final long STEP = 256 * 1024;

    private final Connections connections;
    private final Watch watch;
    private final Welcome welcome;

    FileSender(Connections connections, Watch watch, Welcome welcome) {
        this.connections = connections;
        this.watch = watch;
        this.welcome = welcome;
    }

    /** On what the sending rests: it ends when the subject no longer has that level. */
    record Right(Subject subject, ResourceId resource, Level level) {}

    /**
     * Sends it, or as much as its right lets through: the connector may be sending long after this has returned.
     *
     * @throws ProblemException when the right does not stand, as {@link Watch#onRevoked}
     * @param handedOver is told how many bytes went to the connector, also when the client broke off
     */
    void send(
            Path file,
            ByteRange range,
            Right right,
            HttpServletRequest request,
            HttpServletResponse response,
            LongConsumer handedOver)
            throws IOException {
        Watch.Hold hold = hold(right, request);
        response.setContentLengthLong(range.length());
        if (range.length() >= WORTH_IT && Boolean.TRUE.equals(request.getAttribute(SUPPORTED))) {
            request.setAttribute(FILE, file.toString());
            request.setAttribute(START, range.start());
            request.setAttribute(END, range.start() + range.length());
            connections.closeWhenSent(Connections.of(request), hold);
            handedOver.accept(range.length());
            return;
        }
        try (hold) {
            copy(file, range, hold, response, handedOver);
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

    private static void copy(
            Path file, ByteRange range, Watch.Hold hold, HttpServletResponse response, LongConsumer handedOver)
            throws IOException {
        long sent = 0;
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            WritableByteChannel to = Channels.newChannel(response.getOutputStream());
            while (sent < range.length()) {
                hold.require();
                long step = from.transferTo(range.start() + sent, Math.min(STEP, range.length() - sent), to);
                if (step <= 0) {
                    throw new EOFException(file + " is shorter than it was when it was stored");
                }
                sent += step;
            }
        } finally {
            handedOver.accept(sent);
        }
    }
}
