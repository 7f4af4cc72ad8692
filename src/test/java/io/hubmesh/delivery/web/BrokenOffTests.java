package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.delivery.EgressBook;
import io.hubmesh.library.Resource;
import io.hubmesh.web.HubProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** A client that goes away in the middle of an answer is nothing that an operator should have to read about. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class BrokenOffTests {

    /** More than the system keeps in its buffers between two ends on one machine, even when it is generous. In bytes. */
    private static final int LARGE = 16 * 1024 * 1024;

    /** So that an answer is broken off within the time of a few turns. In bytes a second. */
    private static final long RATE = 40_000_000;

    /** Each at another point of its answer. */
    private static final int HANGING_UP = 30;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final HubFixture hub;
    private final EgressBook book;
    private final HubProtocol protocol;
    private final Complaints complaints = new Complaints();
    private final Subject administrator;
    private final StalledReader reader;

    private Resource folder;
    private String content;

    BrokenOffTests(
            HubFixture hub,
            AccessTokens tokens,
            EgressBook book,
            WebServerApplicationContext context,
            @LocalServerPort int port) {
        this.hub = hub;
        this.book = book;
        TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
        this.protocol = (HubProtocol) server.getTomcat().getConnector().getProtocolHandler();
        this.administrator = hub.administrator();
        this.reader =
                new StalledReader(port, tokens.create(administrator, "test").secret());
    }

    @BeforeEach
    void listen() {
        folder = hub.folder();
        content = "/api/v1/resources/"
                + hub.fileIn(folder, "file.bin", HubFixture.bytes(LARGE)).id() + "/content";
        complaints.start();
        root().addAppender(complaints);
    }

    @AfterEach
    void lift() {
        root().detachAppender(complaints);
        book.change(administrator, null, null, book.now().version());
    }

    @Test
    void aPacedDownloadIsBrokenOffInSilence() throws Exception {
        book.change(administrator, null, RATE, book.now().version());

        breakOff(content);

        assertThat(complaints.told).isEmpty();
    }

    @Test
    void aDownloadIsBrokenOffInSilence() throws Exception {
        breakOff(content);

        assertThat(complaints.told).isEmpty();
    }

    @Test
    void anArchiveIsBrokenOffInSilence() throws Exception {
        String path = "/api/v1/resources/" + folder.id() + "/archive";

        breakOff(path);
        book.change(administrator, null, RATE, book.now().version());
        breakOff(path);

        assertThat(complaints.told).isEmpty();
    }

    @Test
    void aStreamOfEventsIsBrokenOffInSilence() throws Exception {
        Set<String> before = connections();
        reader.hangsUpAfter("/api/v1/measurement/events", 100);
        breakOff(content); // so that there is something to tell
        awaitNoneBut(before);

        assertThat(complaints.told).isEmpty();
    }

    private void breakOff(String path) throws IOException {
        Set<String> before = connections();
        for (int count = 0; count < HANGING_UP; count++) {
            reader.hangsUpAfter(path, count * 10_000);
        }
        awaitNoneBut(before);
    }

    /** A connection is forgotten when everything has been said about it. */
    private void awaitNoneBut(Set<String> before) {
        await().atMost(PATIENCE).until(() -> before.containsAll(connections()));
    }

    private Set<String> connections() {
        return protocol.connections().stream().map(HubProtocol::nameOf).collect(Collectors.toSet());
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    /** What is told at WARN and above while it listens. */
    private static final class Complaints extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> told = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                told.add(event);
            }
        }
    }
}
