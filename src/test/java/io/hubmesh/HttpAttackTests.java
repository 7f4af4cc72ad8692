package io.hubmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/**
 * Requests as nobody honest would send them. What is not here: others' things and requests forged by other pages, on every endpoint, in
 * {@link EveryEndpointTests}; names that are scripts in {@link StoredScriptAttackTests}; planted sessions in {@code SessionsTests}; names of files in {@code ResourceNameAttackTests} and of archives' entries in {@code
 * ArchiveTests}; what runs in a browser in {@code PreviewsIT}.
 */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class HttpAttackTests {

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final HubClient client;
    private final int port;

    private Subject member;
    private String token;

    HttpAttackTests(HubFixture hub, AccessTokens tokens, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.client = new HubClient(port);
        this.port = port;
    }

    @BeforeEach
    void setTheScene() {
        member = hub.member();
        token = tokens.create(member, "attack").secret();
    }

    /** As they stand: a client that tidied them up would prove nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../application.yml",
                "/assets/%2e%2e/application.yml",
                "/assets/..%2fapplication.yml",
                "/assets/..%5capplication.yml",
                "/assets/%252e%252e%252fapplication.yml",
                "/assets/....//application.yml",
                "/assets/..;/application.yml",
                "/assets/..\\application.yml",
                "/assets/%c0%ae%c0%ae/application.yml",
                "/assets//../../../../../../etc/passwd",
                "/assets/../../db/hubmesh.mv.db",
                "/../../../etc/passwd"
            })
    void noPathLeadsOutOfWhatIsForEverybody(String path) throws Exception {
        String answer = raw("GET " + path, "Authorization: Bearer " + token);

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|403|404) .*").doesNotContain("datasource", "root:", "H:2,");
    }

    /** For the rules about paths and for what is found behind them, a path is the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/resources/../accounts",
                "/api/v1/resources/..;/accounts",
                "/api/v1/resources/%2e%2e/accounts",
                "/api/v1/%61ccounts",
                "/api/v1/accounts/",
                "/api/v1/accounts;x=1",
                "/api/v1;x=1/accounts",
                "/api/v1//accounts",
                "//api/v1/accounts",
                "/API/V1/ACCOUNTS",
                "/api/v1/accounts.json",
                "/api/v1/accounts%00",
                "/administration/../administration/people",
                "/Administration/people",
                "/administration;x/people",
                "/sign-in/../administration/people",
                "/assets/..;/administration/people",
                "/actuator/health/../prometheus",
                "/actuator/health;/..;/prometheus"
            })
    void noPathLeadsAMemberToWhatIsForAdministrators(String path) throws Exception {
        Subject other = hub.member();
        String answer = raw("GET " + path, "Authorization: Bearer " + token);

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|403|404) .*").doesNotContain(other.name(), "jvm_memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "0",
                "500000000",
                "2147483647",
                "9223372036854775808",
                "1e3",
                "NaN",
                "%00",
                "",
                "\ud835\udfd8"
            })
    void aNumberOutOfAllBoundsIsAnsweredOrRefused(String number) throws Exception {
        String boss = tokens.create(hub.administrator(), "numbers").secret();
        Resource file = hub.file(HubFixture.bytes(10));
        String value = number.startsWith("%") ? number : encoded(number);
        for (String path : List.of(
                "/api/v1/matrix?across=" + value,
                "/api/v1/matrix?down=" + value,
                "/api/v1/accounts?limit=" + value,
                "/api/v1/groups?limit=" + value,
                "/api/v1/audit?limit=" + value,
                "/api/v1/audit?before=" + value,
                "/api/v1/trash?limit=" + value,
                "/api/v1/library?limit=" + value,
                "/api/v1/search?name=a&limit=" + value,
                "/api/v1/resources/" + file.id() + "/reach?page=" + value,
                "/api/v1/resources/" + file.id() + "/versions/" + value + "/content",
                "/resources/" + file.id() + "/access?page=" + value,
                "/administration/permissions?across=" + value + "&down=" + value)) {
            HttpResponse<String> answer = client.send(client.request(path).header("Authorization", "Bearer " + boss));
            assertThat(answer.statusCode()).as(path).isIn(200, 400, 404);
        }
    }

    @Test
    void aTokenOrASessionInTheAddressIsNone() throws Exception {
        HubClient browser = new HubClient(port);
        String session = browser.signIn(member.name(), HubFixture.PASSWORD).headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("HUBMESH="))
                .map(cookie -> cookie.substring("HUBMESH=".length(), cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
        assertThat(raw("GET /api/v1/me", "Cookie: HUBMESH=" + session)).startsWith("HTTP/1.1 200");

        for (String path : List.of(
                "/api/v1/me?access_token=" + token,
                "/api/v1/me?token=" + token,
                "/api/v1/me?authorization=Bearer%20" + token,
                "/api/v1/me;access_token=" + token,
                "/api/v1/me;jsessionid=" + session,
                "/api/v1/me;HUBMESH=" + session,
                "/api/v1/me?HUBMESH=" + session)) {
            assertThat(raw("GET " + path, "Accept: */*")).as(path).matches("(?s)HTTP/1\\.1 40[01] .*");
        }
        String basic = Base64.getEncoder()
                .encodeToString((member.name() + ":" + HubFixture.PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(raw("GET /api/v1/me", "Authorization: Basic " + basic)).startsWith("HTTP/1.1 401");
        assertThat(raw("GET /api/v1/me", "Authorization: Basic " + token)).startsWith("HTTP/1.1 401");
    }

    @Test
    void noNameAndNoTypeOfAFileBecomesAHeader() throws Exception {
        Resource folder = hub.folder();
        hub.grant(member, folder, Level.WRITE);
        for (String name : List.of("a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\u0000b", "a\u2028X-Evil: 1")) {
            assertThat(upload(folder, name, "text/plain").statusCode()).as(name).isEqualTo(400);
        }
        String location = tus(folder, "b", "text/html\r\nX-Evil: 1");
        assertThat(location).startsWith("/api/v1/uploads/");
        String tricky = "c'; filename=evil.exe; x=%22,\u00e9%0d%0aX-Evil: 1".replace(":", "");
        assertThat(upload(folder, tricky, "text/plain").statusCode()).isEqualTo(201);

        List<Resource> files = hub.childrenOf(folder);
        assertThat(files).hasSize(2);
        for (Resource file : files) {
            HttpResponse<String> answer = client.send(client.request("/api/v1/resources/" + file.id() + "/content")
                    .header("Authorization", "Bearer " + token));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().map()).doesNotContainKeys("X-Evil", "x-evil");
            assertThat(answer.headers().allValues("Content-Disposition"))
                    .singleElement()
                    .asString()
                    .matches("attachment; filename=\"[^\"]*\"; filename\\*=UTF-8''[^;\"]*");
        }
    }

    private HttpResponse<String> upload(Resource folder, String name, String type) throws Exception {
        return client.send(client.request("/api/v1/resources/" + folder.id() + "/files?name=" + encoded(name))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("x")));
    }

    /** An empty file by tus, which is there at once. */
    private String tus(Resource folder, String name, String type) throws Exception {
        String metadata =
                "folder " + base64(folder.id().toString()) + ",name " + base64(name) + ",type " + base64(type);
        HttpResponse<String> answer = client.send(client.request("/api/v1/uploads")
                .header("Authorization", "Bearer " + token)
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "0")
                .header("Upload-Metadata", metadata)
                .POST(BodyPublishers.noBody()));
        return answer.headers().firstValue("Location").orElse(answer.body());
    }

    /** The whole answer to a request line and a header. */
    private String raw(String line, String header) throws IOException {
        String request =
                line + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + header + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
