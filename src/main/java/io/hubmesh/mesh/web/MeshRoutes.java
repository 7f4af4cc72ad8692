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
    private final Door door;

    MeshRoutes(MeshSocket socket, Door door) {
        this.socket = socket;
        this.door = door;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(socket, "/api/v1/mesh/socket").addInterceptors(door);
    }
}
