package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A TURN server of our own on the loopback, that trusts whoever knows the secret (coturn's {@code use-auth-secret}). */
final class Coturn implements AutoCloseable {

    private static final String PROGRAM = "turnserver";
    private static final int STOP_SECONDS = 10;

    private final int port = freePort();
    private final ProcessBuilder command;
    private Process process;

    /** @param log where it writes what it does */
    Coturn(String secret, Path log) {
        command = new ProcessBuilder(
                        PROGRAM,
                        "-n",
                        "--verbose",
                        "--listening-ip=127.0.0.1",
                        "--relay-ip=127.0.0.1",
                        "--listening-port=" + port,
                        "--allow-loopback-peers",
                        "--cli-password=" + secret,
                        "--no-cli",
                        "--no-tls",
                        "--no-dtls",
                        "--realm=hubmesh.test",
                        "--use-auth-secret",
                        "--static-auth-secret=" + secret,
                        "--pidfile=" + log.resolveSibling("turnserver.pid"),
                        "--log-file=stdout")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = start();
    }

    /** Ends it, and begins another at the same address after a while: whoever went through it has no path any more. */
    void goneFor(Duration time) {
        close();
        process = CompletableFuture.supplyAsync(
                        this::start, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS))
                .join();
    }

    /** It stands still for a while and forgets nothing: to those who go through it, a network that is away. */
    void stillFor(Duration time) {
        signal("-STOP");
        CompletableFuture.runAsync(
                        () -> signal("-CONT"),
                        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS))
                .join();
    }

    private void signal(String which) {
        try {
            int code = new ProcessBuilder("kill", which, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(code).isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    private Process start() {
        try {
            Process started = command.start();
            Eventually.holds(() -> answers(started));
            return started;
        } catch (IOException missing) {
            throw new AssertionError(
                    "This proof needs the TURN server coturn: its program \"" + PROGRAM
                            + "\" is not on the path. On Debian and Ubuntu: apt-get install coturn.",
                    missing);
        }
    }

    /** As an administrator enters it. */
    String url() {
        return "turn:127.0.0.1:" + port + "?transport=udp";
    }

    /** It takes connections over TCP as soon as it does over UDP. */
    private void answers(Process started) {
        if (!started.isAlive()) {
            throw new AssertionError("The TURN server ended with code " + started.exitValue());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException notYet) {
            throw new AssertionError(notYet);
        }
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (SocketException none) {
            throw new UncheckedIOException(none);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
