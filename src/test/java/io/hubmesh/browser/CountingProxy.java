package io.hubmesh.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between one person and the hub and counts what the hub sends, so that the hub's own counters are held against
 * something that they had no part in.
 */
final class CountingProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final URI hub;
    private final ServerSocket door;
    private final AtomicLong fromHub = new AtomicLong();

    CountingProxy(URI hub) {
        this.hub = hub;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        run(this::accept);
    }

    /** Where the hub is to be found for the person whose bytes are counted. */
    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** Bytes that the hub has sent so far, headers and all. */
    long bytesFromHub() {
        return fromHub.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket person = door.accept();
                Socket server = new Socket(hub.getHost(), hub.getPort());
                AtomicLong nobodyCares = new AtomicLong();
                run(() -> copy(person, server, nobodyCares));
                run(() -> copy(server, person, fromHub));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void copy(Socket from, Socket to, AtomicLong counter) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            int count;
            while ((count = in.read(buffer)) >= 0) {
                counter.addAndGet(count);
                out.write(buffer, 0, count);
            }
        } catch (IOException ended) {
            // One side has closed; the other is closed with it.
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "counting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
