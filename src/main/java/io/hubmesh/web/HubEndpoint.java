package io.hubmesh.web;

import jakarta.servlet.ServletConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SendfileDataBase;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container's own sockets, with three things for which it has no setting: a file goes out as a {@link SentFile}, the head of an answer in one call with
 * what follows it, although the buffer of a connection is small, and a request tells its {@link HubConnection}.
 */
final class HubEndpoint extends NioEndpoint {

    /**
     * How much of an answer joins its head: all of a small file and of most pages. The system's calls keep a buffer of this size for each thread that
     * answers, where a larger one for each connection would be idle peers' memory. In bytes.
     */
    private static final int JOINING = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HubEndpoint.class);

    private final AtomicReference<@Nullable ByteBuffer> buffer = SentFile.buffer();
    private volatile HubProtocol.FileSent told = (connection, whole) -> {};

    /** Has somebody told whenever a file has been sent, or its connection has ended before. */
    void whenSent(HubProtocol.FileSent listener) {
        told = listener;
    }

    /** As the container does it, with a wrapper of our own around the socket. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        boolean known = false;
        try {
            NioSocketWrapper connection = connection(channel());
            connection.getSocket().reset(socket, connection);
            connections.put(socket, connection);
            known = true;
            socket.configureBlocking(false);
            if (getUnixDomainSocketPath() == null) {
                socketProperties.setProperties(socket.socket());
            }
            connection.setReadTimeout(getConnectionTimeout());
            connection.setWriteTimeout(getConnectionTimeout());
            connection.setKeepAliveLeft(getMaxKeepAliveRequests());
            getPoller().register(connection);
            return true;
        } catch (IOException | RuntimeException refused) {
            LOG.error("A connection could not be taken on", refused);
            if (!known) {
                destroySocket(socket);
            }
            return false;
        }
    }

    NioSocketWrapper connection(NioChannel channel) {
        return new Connection(channel);
    }

    private NioChannel channel() {
        NioChannel used = getNioChannels() == null ? null : getNioChannels().pop();
        return used != null
                ? used
                : createChannel(new SocketBufferHandler(
                        socketProperties.getAppReadBufSize(),
                        socketProperties.getAppWriteBufSize(),
                        socketProperties.getDirectBuffer()));
    }

    private final class Connection extends NioSocketWrapper {

        Connection(NioChannel channel) {
            super(channel, HubEndpoint.this);
        }

        @Override
        public ServletConnection getServletConnection(String protocol, String protocolConnectionId) {
            return new HubConnection(super.getServletConnection(protocol, protocolConnectionId), getLock());
        }

        @Override
        protected void writeBlocking(ByteBuffer from) throws IOException {
            socketBufferHandler.configureWriteBufferForWrite();
            if (from.remaining() > socketBufferHandler.getWriteBuffer().remaining() && previousIOException == null) {
                writeWithWhatWaits(from);
            }
            super.writeBlocking(from);
        }

        /** As much as the socket takes without waiting. */
        private void writeWithWhatWaits(ByteBuffer from) throws IOException {
            socketBufferHandler.configureWriteBufferForRead();
            int end = from.limit();
            from.limit(Math.min(end, from.position() + JOINING));
            try {
                getSocket().write(new ByteBuffer[] {socketBufferHandler.getWriteBuffer(), from});
            } finally {
                from.limit(end);
            }
        }

        @Override
        public SendfileDataBase createSendfileData(String file, long start, long length) {
            return new Sending(file, start, length);
        }

        private void ended(boolean whole) {
            told.on(HubProtocol.nameOf(this), whole);
        }

        private final class Sending extends SendfileData {

            Sending(String file, long start, long length) {
                super(file, start, length);
                fchannel = new SentFile(Path.of(file), length, buffer, Connection.this::ended);
            }
        }
    }
}
