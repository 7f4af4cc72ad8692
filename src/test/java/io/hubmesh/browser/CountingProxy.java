package io.hubmesh.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Stands between one person and the hub and counts what the two send, so that the hub's own counters are held against
 * something that they had no part in. It can cut their connections as well.
 */
final class CountingProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final URI hub;
    private final ServerSocket door;
    private final AtomicLong fromHub = new AtomicLong();
    private final AtomicLong toHub = new AtomicLong();
    private final AtomicLong cutAt = new AtomicLong(Long.MAX_VALUE);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

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

    /** Cuts every connection that there is, once so many bytes more have gone to the hub; later ones are let through. */
    void cutAfter(long bytes) {
        cutAt.set(toHub.get() + bytes);
    }

    private void countToHub(int count) {
        long cut = cutAt.get();
        if (toHub.addAndGet(count) >= cut && cutAt.compareAndSet(cut, Long.MAX_VALUE)) {
            open.forEach(CountingProxy::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket person = door.accept();
                Socket server = new Socket(hub.getHost(), hub.getPort());
                open.add(person);
                run(() -> copy(person, server, this::countToHub));
                run(() -> copy(server, person, fromHub::addAndGet));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void copy(Socket from, Socket to, IntConsumer counter) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            int count;
            while ((count = in.read(buffer)) >= 0) {
                counter.accept(count); // before anybody can have it
                out.write(buffer, 0, count);
            }
        } catch (IOException ended) {
            // One side has closed; the other is closed with it.
        } finally {
            open.remove(from);
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
