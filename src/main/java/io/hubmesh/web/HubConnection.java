package io.hubmesh.web;

import jakarta.servlet.ServletConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection of a request, and the lock that the container holds whenever it does something for that connection.
 *
 * <p>Who writes to an answer on a thread of their own holds it meanwhile. Without it, a write that fails while the container is still busy with the same request
 * breaks what it keeps of it, and by then that may serve somebody else's: they get an answer that is not theirs.
 */
public final class HubConnection implements ServletConnection {

    private final ServletConnection connection;
    private final ReentrantLock lock;

    HubConnection(ServletConnection connection, ReentrantLock lock) {
        this.connection = connection;
        this.lock = lock;
    }

    /** The lock of a request's connection; one that nobody else has where the request came by no connector of the hub's. */
    public static ReentrantLock lockOf(HttpServletRequest request) {
        return request.getServletConnection() instanceof HubConnection known ? known.lock : new ReentrantLock();
    }

    @Override
    public String getConnectionId() {
        return connection.getConnectionId();
    }

    @Override
    public String getProtocol() {
        return connection.getProtocol();
    }

    @Override
    public String getProtocolConnectionId() {
        return connection.getProtocolConnectionId();
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure();
    }
}
