package io.hubmesh.mesh.web;

import io.hubmesh.mesh.signalling.Line;
import io.hubmesh.mesh.wire.MessageWriter;
import io.hubmesh.mesh.wire.ToPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes out on one socket, in order and without waiting: written at once by whoever says it, and kept only while the peer does not
 * read.
 */
final class Outgoing implements Line {

    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

    /** Bytes that may wait; a peer that lets more pile up does not read, and keeps them in the hub's memory. */
    private static final int MOST_WAITING = 1024 * 1024;

    /** Seconds that a peer may take to read on, or to answer a close. */
    private static final int PATIENCE_SECONDS = 5;

    /** RFC 6455, section 7.4.1. */
    private static final int POLICY_VIOLATION = 1008;

    private static final ByteBuffer PING =
            Frame.text(MessageWriter.write(new ToPeer.Ping())).asReadOnlyBuffer();

    private final SocketWrapperBase<?> wrapper;

    /** Null while the peer reads what it is sent. */
    private @Nullable Queue<ByteBuffer> waiting;

    private int waitingBytes;
    private int secondsWaited;
    private boolean closing;
    private boolean broken;

    Outgoing(SocketWrapperBase<?> wrapper) {
        this.wrapper = wrapper;
    }

    @Override
    public void send(ToPeer message) {
        say(message instanceof ToPeer.Ping ? PING.duplicate() : Frame.text(MessageWriter.write(message)));
    }

    @Override
    public void close(boolean amiss, String code) {
        close(amiss ? POLICY_VIOLATION : FrameReader.NORMAL, code);
    }

    void pong(byte[] payload) {
        say(Frame.of(Frame.PONG, payload));
    }

    /** Says why it ends; the first time only, and nothing goes out afterwards. */
    synchronized void close(int status, String reason) {
        if (!closing) {
            say(Frame.close(status, reason));
            closing = true;
            secondsWaited = 0;
        }
    }

    /** There is room for more. */
    synchronized void writable() {
        Queue<ByteBuffer> queue = waiting;
        if (broken || queue == null) {
            return;
        }
        secondsWaited = 0;
        try {
            boolean stuck = wrapper.flush(false);
            while (!stuck && !queue.isEmpty()) {
                ByteBuffer frame = queue.remove();
                waitingBytes -= frame.remaining();
                wrapper.write(false, frame);
                stuck = wrapper.flush(false);
            }
            if (stuck) {
                wrapper.registerWriteInterest();
            } else {
                waiting = null;
            }
        } catch (IOException | RuntimeException gone) {
            breakOff(gone);
        }
    }

    /** Another second has passed. */
    synchronized void tick() {
        if (waiting != null || closing) {
            secondsWaited++;
            if (secondsWaited > PATIENCE_SECONDS) {
                breakOff(null);
            }
        }
    }

    private synchronized void say(ByteBuffer frame) {
        Queue<ByteBuffer> queue = waiting;
        if (broken || closing) {
            return;
        }
        if (queue == null) {
            write(frame);
        } else if (waitingBytes + frame.remaining() > MOST_WAITING) {
            breakOff(null);
        } else {
            waitingBytes += frame.remaining();
            queue.add(frame);
        }
    }

    private void write(ByteBuffer frame) {
        try {
            wrapper.write(false, frame);
            if (wrapper.flush(false)) {
                waiting = new ArrayDeque<>();
                secondsWaited = 0;
                wrapper.registerWriteInterest();
            }
        } catch (IOException | RuntimeException gone) {
            breakOff(gone);
        }
    }

    /** Has the container end the connection, on a thread of its own. */
    private void breakOff(@Nullable Exception cause) {
        if (!broken) {
            LOG.debug("A peer could not be reached", cause);
            broken = true;
            waiting = null;
            wrapper.processSocket(SocketEvent.ERROR, true);
        }
    }
}
