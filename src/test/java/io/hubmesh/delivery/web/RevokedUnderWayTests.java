package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Trash;
import io.hubmesh.permissions.Level;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestConstructor;

/** What is taken away ends what is under way. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
@Timeout(60)
class RevokedUnderWayTests {

    /** Far more than the system keeps in its buffers between two ends on one machine. */
    private static final int SIZE = 32 * 1024 * 1024;

    private static final String END_OF_HEAD = "\r\n\r\n";

    private static final int SMALL_BUFFER = 64 * 1024;

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final Trash trash;
    private final Connections connections;
    private final int port;
    private final Path incoming;

    private Resource folder;
    private Subject member;
    private AccessTokens.Created token;

    RevokedUnderWayTests(
            HubFixture hub,
            AccessTokens tokens,
            Trash trash,
            Connections connections,
            Environment environment,
            @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.trash = trash;
        this.connections = connections;
        this.port = port;
        this.incoming = Path.of(environment.getRequiredProperty("hubmesh.data"), "incoming");
    }

    @BeforeEach
    void setTheScene() {
        folder = hub.folder();
        member = hub.member();
        hub.grant(member, folder, Level.WRITE);
        token = tokens.create(member, "test");
    }

    @Test
    void aWithdrawnGrantEndsADownload() throws Exception {
        assertCut(() -> hub.withdraw(member, folder));
    }

    @Test
    void aDisabledAccountEndsADownload() throws Exception {
        assertCut(() -> hub.disable(member));
    }

    @Test
    void aRevokedTokenEndsADownload() throws Exception {
        assertCut(() -> tokens.revoke(member.accountId(), token.token().id()));
    }

    @Test
    void aDeletedFileEndsADownload() throws Exception {
        assertCut(() -> trash.delete(hub.administrator(), folder.id(), Expected.ANY));
    }

    @Test
    void aDownloadThatIsLeftAloneGoesOnAndItsConnectionAfterIt() throws Exception {
        Resource file = hub.fileIn(folder, "large", HubFixture.bytes(SIZE));
        try (Socket socket = connected()) {
            ask(socket, file);
            InputStream in = socket.getInputStream();
            skipHead(in);
            in.readNBytes(SMALL_BUFFER);
            hub.grant(member, folder, Level.READ);
            in.readNBytes(SIZE - SMALL_BUFFER);
            ask(socket, hub.fileIn(folder, "small", HubFixture.bytes(10)));
            assertThat(line(in)).contains("200");
            assertThat(connections.count()).isZero();
        }
    }

    @Test
    void aWithdrawnGrantRefusesAnUploadAtItsNextBytes() throws Exception {
        byte[] half = HubFixture.bytes(SMALL_BUFFER);
        long before = arriving();
        try (Socket socket = connected()) {
            socket.getOutputStream()
                    .write(head("POST", "/api/v1/resources/" + folder.id() + "/files?name=half")
                            .concat("Content-Type: text/plain\r\nContent-Length: " + 4 * half.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(half);
            socket.getOutputStream().flush();
            awaitArriving(files -> files > before);
            hub.withdraw(member, folder);
            socket.getOutputStream().write(half);
            socket.getOutputStream().write(half);
            socket.getOutputStream().write(half);
            socket.getOutputStream().flush();
            // In the middle, or at the end, where the library is asked once more: whichever is first.
            assertThat(line(socket.getInputStream())).containsAnyOf("403", "404");
        }
        awaitArriving(files -> files == before);
        assertThat(hub.childrenOf(folder)).isEmpty();
    }

    private void assertCut(Runnable takenAway) throws Exception {
        Resource file = hub.fileIn(folder, "large", HubFixture.bytes(SIZE));
        try (Socket socket = connected()) {
            ask(socket, file);
            InputStream in = socket.getInputStream();
            long received = in.readNBytes(SMALL_BUFFER).length;
            takenAway.run();
            awaitNothingSent();
            received += drained(in);
            assertThat(received).isLessThan(SIZE);
        }
    }

    /** All that still comes, until the other side has ended or broken the connection. */
    private static long drained(InputStream in) {
        long bytes = 0;
        byte[] buffer = new byte[SMALL_BUFFER];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
            }
        } catch (IOException broken) {
            return bytes;
        }
        return bytes;
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress("localhost", port));
        return socket;
    }

    private void ask(Socket socket, Resource file) throws IOException {
        socket.getOutputStream()
                .write(head("GET", "/api/v1/resources/" + file.id() + "/content")
                        .concat("\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token.secret() + "\r\n";
    }

    private static void skipHead(InputStream in) throws IOException {
        int state = 0;
        while (state < 4) {
            state = in.read() == END_OF_HEAD.charAt(state) ? state + 1 : 0;
        }
    }

    private static String line(InputStream in) throws IOException {
        return String.valueOf(new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)).readLine());
    }

    private void awaitNothingSent() throws Exception {
        await().atMost(Duration.ofSeconds(50)).until(() -> connections.count() == 0);
    }

    private void awaitArriving(LongPredicate enough) throws Exception {
        await().atMost(Duration.ofSeconds(50)).until(() -> enough.test(arriving()));
    }

    private long arriving() throws IOException {
        try (Stream<Path> files = Files.list(incoming)) {
            return files.count();
        }
    }
}
