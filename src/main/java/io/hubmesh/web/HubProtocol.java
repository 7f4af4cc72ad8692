package io.hubmesh.web;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The container's own protocol, with a deadline for the head of a request: the container waits anew for every byte, so that one who sends them one by
 * one keeps a connection for days. It also tells the connections that are open, and sends files its own way. Public because the container makes it.
 */
public final class HubProtocol extends Http11NioProtocol {

    /** Milliseconds from its first byte in which a head has to be whole: it comes in one packet or two, and a lost one is sent again within seconds. */
    private static final int HEAD_MILLIS = 10_000;

    private final HubEndpoint endpoint;

    /** With sockets that send files as {@link SentFile}s. */
    public HubProtocol() {
        this(new HubEndpoint());
    }

    private HubProtocol(HubEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Told on the thread that looks after all connections: whoever listens keeps it for no longer than a moment. */
    public interface FileSent {

        /**
         * The connector has handed a file over to the system, or its connection has ended before.
         *
         * @param connection as requests name it
         * @param whole whether all that was to be sent has gone
         */
        void on(String connection, boolean whole);
    }

    /** Has one listener told of files that the connector was given to send. */
    public void whenSent(FileSent listener) {
        endpoint.whenSent(listener);
    }

    /** As requests name it; no other connection of this process has the same name. */
    public static String nameOf(SocketWrapperBase<NioChannel> connection) {
        return connection.getServletConnection("http/1.1", "").getConnectionId();
    }

    /** Those that are open at this moment. */
    public Collection<SocketWrapperBase<NioChannel>> connections() {
        return List.copyOf(getEndpoint().getConnections());
    }

    @Override
    protected Processor createProcessor() {
        return new Http11Processor(this, getAdapter()) {
            /** Whose head is not whole yet, and since when, in milliseconds since 1970. */
            private @Nullable SocketWrapperBase<?> begun;

            private long begunAt;

            @Override
            public SocketState service(SocketWrapperBase<?> socket) throws IOException {
                if (socket == begun) {
                    socket.setReadTimeout(getConnectionTimeout());
                }
                SocketState state = super.service(socket);
                if (state != SocketState.LONG || isAsync()) {
                    begun = null;
                    return state;
                }
                long now = ((NioSocketWrapper) socket).getLastRead();
                if (socket != begun) {
                    begun = socket;
                    begunAt = now;
                }
                long left = begunAt + Math.min(HEAD_MILLIS, getConnectionTimeout()) - now;
                socket.setReadTimeout(left);
                return left > 0 ? state : SocketState.CLOSED;
            }
        };
    }
}
