package io.hubmesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;

class HubConnectionTests {

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector(HubProtocol.class.getName());
    private final List<ReentrantLock> locks = new CopyOnWriteArrayList<>();
    private final List<Boolean> held = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        connector.setPort(0);
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "looking", new Looking());
        context.addServletMappingDecoded("/", "looking");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void theContainerHoldsTheLockOfAConnectionWhileItDoesSomethingForIt() throws Exception {
        get(HttpClient.newHttpClient());
        get(HttpClient.newHttpClient());

        assertThat(held).containsExactly(true, true);
        assertThat(locks.get(0)).isNotSameAs(locks.get(1));
    }

    @Test
    void aConnectionHasOneLockForAllItsRequests() throws Exception {
        HttpClient client = HttpClient.newHttpClient();

        get(client);
        get(client);

        assertThat(locks.get(0)).isSameAs(locks.get(1));
    }

    @Test
    void aRequestWithoutAConnectorHasALockOfItsOwn() {
        var request = new MockHttpServletRequest();
        assertThat(HubConnection.lockOf(request)).isNotSameAs(HubConnection.lockOf(request));
    }

    private void get(HttpClient client) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + connector.getLocalPort()));
        assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    private final class Looking extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            ReentrantLock lock = HubConnection.lockOf(request);
            locks.add(lock);
            held.add(lock.isHeldByCurrentThread());
        }
    }
}
