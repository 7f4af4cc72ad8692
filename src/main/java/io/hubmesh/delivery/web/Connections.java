package io.hubmesh.delivery.web;

import io.hubmesh.library.Watch;
import io.hubmesh.web.HubProtocol;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The connections on which files are sent. A file that the connector sends goes on when its request is long over; so what looks after it is kept here
 * until then, and when it has to end, the connection is cut.
 */
@Component
class Connections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Far longer than from the end of a controller to the connector's first byte. */
    private static final Duration BEGUN = Duration.ofSeconds(5);

    private record Sending(Watch.Hold hold, Instant since, Runnable sent) {}

    private final Map<String, Sending> sending = new ConcurrentHashMap<>();
    private final Clock clock;
    private final TaskExecutor executor;
    private volatile @Nullable HubProtocol protocol;

    Connections(Clock clock, @Qualifier("applicationTaskExecutor") TaskExecutor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            HubProtocol speaking = (HubProtocol) connector.getProtocolHandler();
            speaking.whenSent(this::ended);
            protocol = speaking;
        });
    }

    /** Names the connection of a request; no other of this process has the same name. */
    static String of(HttpServletRequest request) {
        return request.getServletConnection().getConnectionId();
    }

    /**
     * Keeps the hold until the file, which the connector is about to send, has gone.
     *
     * @param sent is run then, on a thread of its own, if all of it has
     */
    void closeWhenSent(String connection, Watch.Hold hold, Runnable sent) {
        sending.put(connection, new Sending(hold, clock.instant(), sent));
        if (!hold.stands()) {
            cut(connection);
        }
    }

    /**
     * Ends a connection at once; what the system has not sent yet is thrown away. The container finds it broken and tidies up in its own
     * thread: from another one, it could hand the channel to somebody else while a file is still written to it.
     */
    void cut(String connection) {
        closeHold(connection);
        SocketWrapperBase<NioChannel> found = open().get(connection);
        if (found == null) {
            return;
        }
        SocketChannel channel = found.getSocket().getIOChannel();
        if (found.isClosed()) {
            return;
        }
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.shutdownOutput();
        } catch (IOException closedMeanwhile) {
            LOG.debug("A connection that was to be cut had ended", closedMeanwhile);
        }
    }

    private void ended(String connection, boolean whole) {
        Sending gone = closeHold(connection);
        if (gone != null && whole) {
            executor.execute(gone.sent());
        }
    }

    /** Forgets what the connector did not come to send: its client had gone before. */
    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void tidy() {
        if (sending.isEmpty()) {
            return;
        }
        Instant begunBefore = clock.instant().minus(BEGUN);
        Map<String, SocketWrapperBase<NioChannel>> open = open();
        sending.forEach((connection, each) -> {
            if (each.since().isBefore(begunBefore)
                    && !isSending(open.get(connection))
                    && sending.remove(connection, each)) {
                each.hold().close();
            }
        });
    }

    /** How many files are being sent, or have been until a moment ago. */
    int count() {
        return sending.size();
    }

    /** Whether the connector is sending a file on any of them. */
    boolean isSending() {
        return open().values().stream().anyMatch(Connections::isSending);
    }

    private @Nullable Sending closeHold(String connection) {
        Sending gone = sending.remove(connection);
        if (gone != null) {
            gone.hold().close();
        }
        return gone;
    }

    private static boolean isSending(@Nullable SocketWrapperBase<NioChannel> connection) {
        return connection instanceof NioSocketWrapper nio && !nio.isClosed() && nio.getSendfileData() != null;
    }

    private Map<String, SocketWrapperBase<NioChannel>> open() {
        return Optional.ofNullable(protocol).map(HubProtocol::connections).stream()
                .flatMap(Collection::stream)
                .collect(Collectors.toMap(HubProtocol::nameOf, Function.identity(), (one, same) -> one));
    }
}
