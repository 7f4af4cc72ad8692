package io.hubmesh.mesh.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** Where the socket is. No other origin is allowed, so a browser opens it from the hub's own pages only. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class MeshRoutes implements WebSocketConfigurer {

    private final MeshSocket socket;

    MeshRoutes(MeshSocket socket) {
        this.socket = socket;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(socket, "/api/v1/mesh/socket");
    }
}
