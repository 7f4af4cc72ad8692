package io.hubmesh.delivery.web;

import io.hubmesh.library.Watch;
import io.hubmesh.web.HubProtocol;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The connections on which files are sent. A file that the kernel sends goes on when its request is long over, until the next request on the same
 * connection; so what looks after it is kept here until then, and when it has to end, the connection is cut.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Connections extends OncePerRequestFilter implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Far longer than from the end of a controller to the connector's first byte. */
    private static final Duration BEGUN = Duration.ofSeconds(5);

    private record Sending(Watch.Hold hold, Instant since) {}

    private final Map<String, Sending> sending = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile @Nullable HubProtocol protocol;

    Connections(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> protocol = (HubProtocol) connector.getProtocolHandler());
    }

    /** Names the connection of a request; no other of this process has the same name. */
    static String of(HttpServletRequest request) {
        return request.getServletConnection().getConnectionId();
    }

    /** Keeps the hold until the file, which the connector is about to send, has gone. */
    void closeWhenSent(String connection, Watch.Hold hold) {
        sending.put(connection, new Sending(hold, clock.instant()));
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

    /** A request can only come when what was sent before it has gone. */
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!sending.isEmpty()) {
            closeHold(of(request));
        }
        chain.doFilter(request, response);
    }

    /** Forgets what has gone. */
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

    /** Whether the kernel is sending a file on any of them. */
    boolean isSending() {
        return open().values().stream().anyMatch(Connections::isSending);
    }

    private void closeHold(String connection) {
        Sending gone = sending.remove(connection);
        if (gone != null) {
            gone.hold().close();
        }
    }

    private static boolean isSending(@Nullable SocketWrapperBase<NioChannel> connection) {
        return connection instanceof NioSocketWrapper nio && !nio.isClosed() && nio.getSendfileData() != null;
    }

    private Map<String, SocketWrapperBase<NioChannel>> open() {
        return Optional.ofNullable(protocol).map(HubProtocol::connections).stream()
                .flatMap(Collection::stream)
                .collect(Collectors.toMap(Connections::nameOf, Function.identity(), (one, same) -> one));
    }

    /** As the container names it to requests. */
    private static String nameOf(SocketWrapperBase<NioChannel> connection) {
        return connection.getServletConnection("http/1.1", "").getConnectionId();
    }
}
