package io.hubmesh.mesh.stun;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Answers STUN over UDP, on IPv4 and IPv6, with one daemon thread. A port in use costs STUN, not the hub. */
public final class StunServer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StunServer.class);

    /** A browser asks once per link and address; more is somebody who reflects traffic. */
    private static final int REQUESTS_PER_SECOND = 20;

    /** Origins that are counted at once; about 500 KiB. */
    private static final int MOST_ORIGINS = 4096;

    private final StunSettings settings;
    private final OriginRate<ByteBuffer> rate;
    private volatile @Nullable DatagramChannel channel;

    public StunServer(StunSettings settings, Clock clock) {
        this.settings = settings;
        this.rate = new OriginRate<>(clock, REQUESTS_PER_SECOND, MOST_ORIGINS);
    }

    /**
     * The addresses that a peer is told.
     *
     * @param host name or address by which the peer reached the hub, IPv6 in brackets
     */
    public List<String> addresses(Optional<String> host) {
        if (!settings.advertised().isEmpty()) {
            return List.copyOf(settings.advertised());
        }
        OptionalInt port = port();
        if (port.isEmpty() || host.isEmpty()) {
            return List.of();
        }
        return List.of("stun:" + host.get() + ":" + port.getAsInt());
    }

    /** The UDP port it listens on; empty when it does not. */
    public OptionalInt port() {
        DatagramChannel open = channel;
        try {
            if (open != null && open.getLocalAddress() instanceof InetSocketAddress local) {
                return OptionalInt.of(local.getPort());
            }
        } catch (IOException closedMeanwhile) {
            return OptionalInt.empty();
        }
        return OptionalInt.empty();
    }

    @Override
    public void start() {
        if (!settings.enabled() || settings.port() < 0) {
            return;
        }
        try {
            DatagramChannel open = bind(settings.port());
            channel = open;
            Thread thread = new Thread(() -> serve(open), "hubmesh-stun");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException | IllegalArgumentException | SecurityException failed) {
            LOG.warn(
                    "STUN is off: UDP port {} cannot be used ({}). Links between peers in different networks may fail."
                            + " Set hubmesh.stun.port to a free one.",
                    settings.port(),
                    failed.getMessage());
        }
    }

    @Override
    public void stop() {
        DatagramChannel open = channel;
        channel = null;
        if (open != null) {
            close(open);
        }
    }

    @Override
    public boolean isRunning() {
        return channel != null;
    }

    private static DatagramChannel bind(int port) throws IOException {
        DatagramChannel open = DatagramChannel.open();
        try {
            return open.bind(new InetSocketAddress(port));
        } catch (BindException inUse) {
            open.close();
            throw inUse;
        }
    }

    private void serve(DatagramChannel open) {
        ByteBuffer buffer = ByteBuffer.allocate(Binding.LARGEST_REQUEST + 1);
        while (open.isOpen()) {
            try {
                buffer.clear();
                if (open.receive(buffer) instanceof InetSocketAddress from) {
                    answer(open, buffer.flip(), from);
                }
            } catch (AsynchronousCloseException stopped) {
                return;
            } catch (ClosedChannelException stopped) {
                return;
            } catch (IOException unreachable) {
                LOG.debug("A STUN answer could not be sent", unreachable);
            }
        }
    }

    private void answer(DatagramChannel open, ByteBuffer received, InetSocketAddress from) throws IOException {
        if (!rate.allows(Binding.origin(from.getAddress()))) {
            return;
        }
        byte[] datagram = new byte[received.remaining()];
        received.get(datagram);
        Optional<ByteBuffer> answer = Binding.answer(datagram, from);
        if (answer.isPresent()) {
            open.send(answer.get(), from);
        }
    }

    private static void close(DatagramChannel open) {
        try {
            open.close();
        } catch (IOException alreadyGone) {
            LOG.debug("The STUN socket did not close cleanly", alreadyGone);
        }
    }
}
