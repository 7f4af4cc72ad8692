package io.hubmesh.delivery.web;

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

/** Sends a part of a file: by the kernel's sendfile where the connector offers it, else through a buffer. */
final class FileSender {

    /** Attributes of Tomcat's connector; see its documentation on sendfile. */
    private static final String SUPPORTED = "org.apache.tomcat.sendfile.support";

    private static final String FILE = "org.apache.tomcat.sendfile.filename";
    private static final String START = "org.apache.tomcat.sendfile.start";
    private static final String END = "org.apache.tomcat.sendfile.end";

    /** Below this a copy is quicker than handing the socket to the poller. In bytes. */
    private static final long WORTH_IT = 48 * 1024;

    /** How much is handed over, and counted, at a time. In bytes. */
    private static final long STEP = 256 * 1024;

    private FileSender() {}

    /** @param handedOver is told how many bytes went to the connector, also when the client broke off */
    static void send(
            Path file,
            ByteRange range,
            HttpServletRequest request,
            HttpServletResponse response,
            LongConsumer handedOver)
            throws IOException {
        response.setContentLengthLong(range.length());
        if (range.length() >= WORTH_IT && Boolean.TRUE.equals(request.getAttribute(SUPPORTED))) {
            request.setAttribute(FILE, file.toString());
            request.setAttribute(START, range.start());
            request.setAttribute(END, range.start() + range.length());
            handedOver.accept(range.length());
            return;
        }
        copy(file, range, response, handedOver);
    }

    private static void copy(Path file, ByteRange range, HttpServletResponse response, LongConsumer handedOver)
            throws IOException {
        long sent = 0;
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            WritableByteChannel to = Channels.newChannel(response.getOutputStream());
            while (sent < range.length()) {
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
