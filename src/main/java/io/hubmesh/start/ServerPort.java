package io.hubmesh.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.Environment;

/** The port that the hub listens on. */
final class ServerPort {

    private static final int DEFAULT = 8080;

    private ServerPort() {}

    /** @throws FailureAnalyzedException when the hub could not listen there; any free port (0) and none (-1) are fine */
    static void check(Environment environment) {
        int port = environment.getProperty("server.port", Integer.class, DEFAULT);
        if (port <= 0) {
            return;
        }
        InetAddress address = environment.getProperty("server.address", InetAddress.class);
        try {
            new ServerSocket(port, 1, address).close();
        } catch (IOException failure) {
            throw inUse(port, failure);
        }
    }

    static FailureAnalyzedException inUse(int port, Exception failure) {
        return new FailureAnalyzedException(
                "Hubmesh cannot listen on port " + port + " (" + failure.getMessage() + ").",
                "Stop the program that uses the port, or choose another one with SERVER_PORT.",
                failure);
    }
}
