package io.hubmesh.web;

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

/** The container's own sockets, but that a file goes out as a {@link SentFile}, for which the container has no setting. */
final class HubEndpoint extends NioEndpoint {

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
            NioSocketWrapper connection = new Connection(channel());
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
