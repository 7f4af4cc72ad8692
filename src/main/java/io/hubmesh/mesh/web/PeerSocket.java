package io.hubmesh.mesh.web;

import io.hubmesh.mesh.signalling.Connection;
import io.hubmesh.mesh.signalling.Line;
import io.hubmesh.mesh.wire.Bounds;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer's WebSocket, right on the container's connection, as the container's own WebSockets are. What comes is read into a buffer that
 * sockets share; nothing is kept for a peer that is silent. The container tells one thing after the other. Public because it makes it.
 */
public final class PeerSocket implements InternalHttpUpgradeHandler, FrameReader.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(PeerSocket.class);

    /** As many bytes as are read at once; a description with its ticket has about 3,000. */
    private static final int READ_BYTES = 16 * 1024;

    /** As many as have ever been read at once; a thread may live for one message only. */
    private static final Queue<ByteBuffer> INCOMING = new ConcurrentLinkedQueue<>();

    private final FrameReader reader = new FrameReader(Bounds.MESSAGE_BYTES, this);
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
    private @Nullable Function<Line, Optional<Connection>> opening;
    private @Nullable SocketWrapperBase<?> wrapper;
    private @Nullable Outgoing outgoing;

    /** Both ends have said that it is over. */
    private boolean over;

    /** What is to be done when the handshake has been answered. */
    void begin(Function<Line, Optional<Connection>> open) {
        this.opening = open;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> own) {
        this.wrapper = own;
        this.outgoing = new Outgoing(own);
    }

    @Override
    public void init(WebConnection none) {
        Function<Line, Optional<Connection>> open = opening;
        Outgoing line = outgoing;
        opening = null;
        if (open == null || line == null) {
            throw new IllegalStateException("the handshake says what is to be done");
        }
        open.apply(line).ifPresent(connection::set);
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        boolean goesOn =
                switch (event) {
                    case OPEN_READ -> read();
                    case OPEN_WRITE -> write();
                    case STOP, TIMEOUT, DISCONNECT, ERROR, CONNECT_FAIL -> false;
                };
        if (goesOn && !over) {
            return SocketState.UPGRADED;
        }
        gone();
        return SocketState.CLOSED;
    }

    @Override
    public void text(String message) {
        Connection open = connection.get();
        if (open != null) {
            open.received(message);
        }
    }

    @Override
    public void ping(byte[] payload) {
        Outgoing line = outgoing;
        if (line != null && mayDisturb()) {
            line.pong(payload);
        }
    }

    @Override
    public void pong() {
        mayDisturb();
    }

    /** Whether the client keeps to its rate; what is no message costs work all the same. */
    private boolean mayDisturb() {
        Connection open = connection.get();
        return open != null && open.disturbed();
    }

    @Override
    public void closed(int answer) {
        close(answer);
        over = true;
    }

    /** What the client still sends is read and dropped, so that it gets to read the status. */
    @Override
    public void broken(int status) {
        close(status);
        gone();
    }

    /** The container tells about every second. */
    @Override
    public void timeoutAsync(long now) {
        Outgoing line = outgoing;
        if (line != null) {
            line.tick();
        }
    }

    @Override
    public void destroy() {
        gone();
    }

    @Override
    public void pause() {
        // the hub says goodbye itself when it stops
    }

    @Override
    public void setSslSupport(SSLSupport support) {
        // nothing here depends on how the connection is protected
    }

    private boolean read() {
        SocketWrapperBase<?> own = wrapper;
        if (own == null) {
            return false;
        }
        ByteBuffer spare = INCOMING.poll();
        ByteBuffer incoming = spare == null ? ByteBuffer.allocateDirect(READ_BYTES) : spare;
        try {
            int count = own.read(false, incoming.clear());
            while (count > 0 && !over) {
                reader.read(incoming.flip());
                count = own.read(false, incoming.clear());
            }
            return true;
        } catch (IOException gone) {
            LOG.debug("A peer has hung up", gone);
            return false;
        } finally {
            INCOMING.add(incoming);
        }
    }

    private boolean write() {
        Outgoing line = outgoing;
        if (line != null) {
            line.writable();
        }
        return true;
    }

    private void close(int status) {
        Outgoing line = outgoing;
        if (line != null) {
            line.close(status, "");
        }
    }

    private void gone() {
        Connection ended = connection.getAndSet(null);
        if (ended != null) {
            ended.gone();
        }
    }
}
