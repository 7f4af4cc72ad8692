package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.HubFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub that is asked to stop takes nobody new, and gives what is under way its time. */
@Timeout(300)
class StoppingIT {

    private static final String FILES = "/api/v1/resources/00000000-0000-0000-0000-000000000001/files?name=";

    /** Far more than the system keeps in its buffers between two ends on one machine. In bytes. */
    private static final int SIZE = 48 * 1024 * 1024;

    private static final int SOME = 64 * 1024;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern TOKEN = Pattern.compile("\"secret\":\"([^\"]+)\"");

    private final Path data;
    private final byte[] bytes = HubFixture.bytes(SIZE);

    StoppingIT(@TempDir Path folder) {
        data = folder.resolve("data");
    }

    @Test
    void aDownloadAndAnUploadThatAreUnderWayEndWell() throws Exception {
        Map<String, String> patient = Map.of("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", "120s");
        try (HubProcess hub = HubProcess.start(data, patient)) {
            HubClient admin = new HubClient(hub.address());
            assertThat(admin.signIn("admin", hub.printedPassword())).isTrue();
            String file =
                    found(ID, admin.change("POST", FILES + "large", "text/plain", BodyPublishers.ofByteArray(bytes)));
            String token =
                    found(TOKEN, admin.json("POST", "/api/v1/tokens", "{\"name\":\"stopping\",\"scope\":\"WRITE\"}"));
            try (Socket down = connected(hub.address());
                    Socket up = connected(hub.address())) {
                say(down, "GET /api/v1/resources/" + file + "/content HTTP/1.1", token, "");
                InputStream content = down.getInputStream();
                assertThat(head(content)).contains("200");
                byte[] first = content.readNBytes(SOME);
                say(
                        up,
                        "POST " + FILES + "half HTTP/1.1",
                        token,
                        "Content-Type: text/plain\r\nContent-Length: " + SIZE + "\r\n");
                up.getOutputStream().write(bytes, 0, SIZE / 2);

                hub.stop();
                await().atMost(Duration.ofMinutes(1)).until(() -> takesNobody(hub.address()));

                up.getOutputStream().write(bytes, SIZE / 2, SIZE - SIZE / 2);
                assertThat(head(up.getInputStream())).contains("201");
                byte[] rest = content.readNBytes(SIZE - SOME);
                assertThat(first).isEqualTo(Arrays.copyOf(bytes, SOME));
                assertThat(Arrays.equals(rest, Arrays.copyOfRange(bytes, SOME, SIZE)))
                        .as("%s bytes of %s came", SOME + rest.length, SIZE)
                        .isTrue();
            }
        }
    }

    private static Socket connected(URI hub) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SOME);
        socket.connect(new InetSocketAddress(hub.getHost(), hub.getPort()));
        return socket;
    }

    private static void say(Socket socket, String line, String token, String headers) throws IOException {
        String request = line + "\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n" + headers + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** All lines of an answer before its bytes. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            assertThat(octet).as("the hub ended after: %s", head).isNotNegative();
            head.append((char) octet);
        }
        return head.toString();
    }

    private static boolean takesNobody(URI hub) {
        try (Socket another = new Socket(hub.getHost(), hub.getPort())) {
            return !another.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    private static String found(Pattern pattern, HttpResponse<String> answer) {
        Matcher matcher = pattern.matcher(answer.body());
        assertThat(matcher.find()).as(answer.body()).isTrue();
        return matcher.group(1);
    }
}
