package io.hubmesh.mesh.web;

import io.hubmesh.mesh.signalling.Connection;
import io.hubmesh.mesh.signalling.Switchboard;
import io.hubmesh.mesh.wire.Bounds;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** Joins the container's sockets to the switchboard. */
@Component
class MeshSocket extends TextWebSocketHandler implements DisposableBean {

    private static final String CONNECTION = "hubmesh.connection";

    /** Peers that are written to at once; one that does not read holds its thread for {@link #SEND_MILLIS} at most. */
    private static final int SENDERS = 32;

    private static final long SEND_MILLIS = 5_000;

    /** Tomcat's own name for how long a write may take. */
    private static final String SEND_LIMIT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private final Switchboard switchboard;
    private final ThreadPoolExecutor senders;

    MeshSocket(Switchboard switchboard) {
        this.switchboard = switchboard;
        this.senders = new ThreadPoolExecutor(
                SENDERS, SENDERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), MeshSocket::daemon);
        this.senders.allowCoreThreadTimeOut(true);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        Guest guest = Door.guestOf(session.getAttributes());
        if (guest == null) {
            session.close(CloseStatus.POLICY_VIOLATION);
            return;
        }
        session.setTextMessageSizeLimit(Bounds.MESSAGE_BYTES);
        limitSendTime(session);
        switchboard
                .open(guest.account(), guest.host(), guest.stillWelcome(), new Outbox(session, senders))
                .ifPresent(connection -> session.getAttributes().put(CONNECTION, connection));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Connection connection = connectionOf(session);
        if (connection != null) {
            connection.received(message.getPayload());
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Connection connection = connectionOf(session);
        if (connection != null) {
            connection.gone();
        }
    }

    @Override
    public void destroy() {
        senders.shutdown();
    }

    private static @Nullable Connection connectionOf(WebSocketSession session) {
        return session.getAttributes().get(CONNECTION) instanceof Connection connection ? connection : null;
    }

    private static void limitSendTime(WebSocketSession session) {
        if (session instanceof org.springframework.web.socket.adapter.NativeWebSocketSession wrapper) {
            jakarta.websocket.Session container = wrapper.getNativeSession(jakarta.websocket.Session.class);
            if (container != null) {
                container.getUserProperties().put(SEND_LIMIT, SEND_MILLIS);
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "hubmesh-mesh-send");
        thread.setDaemon(true);
        return thread;
    }
}
