package io.hubmesh.mesh.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * How the container keeps connections. Two buffers for each as long as it lives, 8 KiB each by its own choice: most of what an idle peer would
 * cost.
 */
@Component
class SocketConnections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** A description with its ticket comes in one read and goes in one write, and files are no slower for it. */
    private static final int BYTES = 4 * 1024;

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", Integer.toString(BYTES));
            connector.setProperty("socket.appWriteBufSize", Integer.toString(BYTES));
        });
    }
}
