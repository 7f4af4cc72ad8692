package io.hubmesh.mesh.web;

import io.hubmesh.mesh.signalling.Line;
import io.hubmesh.mesh.wire.MessageWriter;
import io.hubmesh.mesh.wire.ToPeer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/** What waits to go out on one socket: in order, one message at a time, never on the thread of whoever has sent it. */
final class Outbox implements Line {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** Characters that may wait; a peer that lets more pile up does not read, and keeps them in the hub's memory. */
    private static final int MOST_WAITING = 1024 * 1024;

    private final WebSocketSession session;

    private final Executor executor;
    private final Queue<String> waiting = new ArrayDeque<>();
    private int waitingCharacters;
    private boolean sending;
    private @Nullable CloseStatus end;

    Outbox(WebSocketSession session, Executor executor) {
        this.session = session;
        this.executor = executor;
    }

    @Override
    public synchronized void send(ToPeer message) {
        if (end != null) {
            return;
        }
        String text = MessageWriter.write(message);
        if (waitingCharacters + text.length() > MOST_WAITING) {
            waiting.clear();
            end = CloseStatus.SESSION_NOT_RELIABLE;
        } else {
            waiting.add(text);
            waitingCharacters += text.length();
        }
        wake();
    }

    @Override
    public synchronized void close(boolean amiss, String code) {
        if (end == null) {
            // a close frame has room for 123 bytes (RFC 6455, section 5.5); codes are far shorter
            end = (amiss ? CloseStatus.POLICY_VIOLATION : CloseStatus.NORMAL).withReason(code);
            wake();
        }
    }

    private void wake() {
        if (!sending) {
            sending = true;
            executor.execute(this::sendAll);
        }
    }

    private void sendAll() {
        try {
            for (String text = next(); text != null; text = next()) {
                session.sendMessage(new TextMessage(text));
            }
            closeWhenEnded();
        } catch (IOException | RuntimeException brokenSocket) {
            LOG.debug("A peer could not be reached", brokenSocket);
            abandon();
        }
    }

    private synchronized @Nullable String next() {
        String text = waiting.poll();
        if (text != null) {
            waitingCharacters -= text.length();
        } else if (end == null) {
            sending = false;
        }
        return text;
    }

    private void closeWhenEnded() throws IOException {
        CloseStatus status;
        synchronized (this) {
            status = end;
        }
        if (status != null) {
            session.close(status);
        }
    }

    private void abandon() {
        synchronized (this) {
            end = CloseStatus.SESSION_NOT_RELIABLE;
            waiting.clear();
        }
        try {
            session.close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (IOException | RuntimeException alreadyGone) {
            LOG.debug("The socket was gone already", alreadyGone);
        }
    }
}
