package io.hubmesh.mesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.mesh.settings.SettingsBook;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings of the mesh, over REST and on their page. */
@HubTest
@Import(HubFixture.class)
@ExtendWith(OutputCaptureExtension.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class MeshSettingsTests {

    private static final String API = "/api/v1/mesh/settings";
    private static final String PAGE = "/administration/mesh";
    private static final String SECRET = "a-secret-of-the-relay";
    private static final String DEFAULTS =
            "{\"turn\":[],\"credentialMinutes\":60,\"leases\":\"BY_SIZE\",\"graceMinutes\":720}";

    private final HubFixture hub;
    private final SettingsBook book;
    private final HubClient browser;
    private final String token;
    private final int port;

    MeshSettingsTests(HubFixture hub, SettingsBook book, AccessTokens tokens, @LocalServerPort int port) {
        this.hub = hub;
        this.book = book;
        this.port = port;
        this.browser = new HubClient(port);
        this.token = tokens.create(hub.administrator(), "settings").secret();
    }

    @BeforeEach
    void fromTheBeginning() throws Exception {
        assertThat(put(tag(), DEFAULTS).statusCode()).isEqualTo(200);
        browser.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);
    }

    @Test
    void whatIsWrittenIsReadAndTheSecretIsNot(CapturedOutput log) throws Exception {
        HttpResponse<String> written = put(tag(), withTurn("\"turnSecret\":\"" + SECRET + "\","));
        HttpResponse<String> read = api("GET", null, "");

        assertThat(written.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(written.body()).doesNotContain(SECRET);
        JsonNode settings = JsonMapper.shared().readTree(read.body());
        assertThat(settings.get("turn").get(1).stringValue()).isEqualTo("turns:turn.example.org:5349");
        assertThat(settings.get("turnSecretKnown").booleanValue()).isTrue();
        assertThat(settings.get("leases").stringValue()).isEqualTo("FAST");
        assertThat(settings.get("graceMinutes").longValue()).isZero();
        assertThat(book.turnSecret()).contains(SECRET);
        assertThat(browser.get(PAGE).body())
                .contains("turns:turn.example.org:5349", "never shows it")
                .doesNotContain(SECRET);
        assertThat(log.getOut())
                .contains("admin has changed the settings of the mesh")
                .doesNotContain(SECRET);
    }

    @Test
    void whatWasReadMayBeWrittenAsItIs() throws Exception {
        HttpResponse<String> written = put(tag(), withTurn("\"turnSecret\":\"" + SECRET + "\","));

        assertThat(put(tag(), written.body()).body()).isEqualTo(written.body());
    }

    @Test
    void aSecretThatIsLeftOutStaysAndGoesWithTheLastAddress() throws Exception {
        put(tag(), withTurn("\"turnSecret\":\"" + SECRET + "\","));

        assertThat(put(tag(), withTurn("")).statusCode()).isEqualTo(200);
        assertThat(book.turnSecret()).contains(SECRET);
        put(tag(), DEFAULTS);
        assertThat(book.turnSecret()).isEmpty();
        HttpResponse<String> without = put(tag(), withTurn(""));
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.body()).contains("invalid-value", "Enter the secret");
    }

    @Test
    void whoWritesSaysWhatTheyHaveRead() throws Exception {
        String before = tag();
        put(before, DEFAULTS);

        assertThat(put(null, DEFAULTS).statusCode()).isEqualTo(428);
        HttpResponse<String> late = put(before, DEFAULTS);
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.body()).contains("\"code\":\"precondition-failed\"");
        assertThat(put("W/" + before, DEFAULTS).statusCode()).isEqualTo(412);
    }

    @ParameterizedTest
    @CsvSource({
        "turn, http://example.org",
        "turn, turn:example.org",
        "turn, turn:example.org:0",
        "turn, turn:example.org:70000?transport=udp",
        "turn, turn:example.org:3478?transport=sctp",
        "turn, turn:user@example.org:3478",
        "turnSecret, short",
        "turnSecret, has a blank in it",
        "credentialMinutes, 9",
        "credentialMinutes, 1441",
        "graceMinutes, 10081",
        "secondStun, turn:example.org:3478"
    })
    void whatIsOutOfBoundsStandsBesideItsFieldAndChangesNothing(String field, String value) throws Exception {
        long version = book.now().version();

        HttpResponse<String> answer = form(Map.of(field, value));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .containsPattern("(?s)id=\"" + field + "\"[^>]*is-invalid|is-invalid[^>]*id=\"" + field);
        assertThat(book.now().version()).isEqualTo(version);
    }

    @Test
    void theFormSavesAndRefusesAStaleOne() throws Exception {
        Map<String, String> typed = Map.of(
                "turn", "turn:[2001:db8::1]:3478\r\n  turn:10.0.0.1:3478?transport=tcp \r\n\r\n",
                "turnSecret", SECRET,
                "secondStun", "stun:stun.example.org:3478");
        long version = book.now().version();

        assertThat(form(typed).statusCode()).isEqualTo(302);
        assertThat(book.now().turn()).isEqualTo(List.of("turn:[2001:db8::1]:3478", "turn:10.0.0.1:3478?transport=tcp"));
        assertThat(book.now().secondStun()).isEqualTo("stun:stun.example.org:3478");
        assertThat(browser.get(PAGE).body()).contains("Saved.");
        HttpResponse<String> stale = form(Map.of("version", String.valueOf(version), "graceMinutes", "5"));
        assertThat(stale.statusCode()).isEqualTo(422);
        assertThat(stale.body()).contains("Somebody else has changed this");
        assertThat(book.now().grace()).hasHours(12);
    }

    @Test
    void membersReachNeither() throws Exception {
        HubClient member = new HubClient(port);
        member.signIn(hub.member().name(), HubFixture.PASSWORD);

        assertThat(member.get(PAGE).statusCode()).isEqualTo(403);
        assertThat(member.get(API).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> form(Map<String, String> typed) throws IOException, InterruptedException {
        Map<String, String> fields = new HashMap<>(Map.of(
                "version", String.valueOf(book.now().version()),
                "credentialMinutes", "60",
                "leases", "BY_SIZE",
                "graceMinutes", "720"));
        fields.putAll(typed);
        fields.put("_csrf", browser.csrf(PAGE));
        return browser.form(PAGE, fields);
    }

    private static String withTurn(String secret) {
        return "{\"turn\":[\"turn:turn.example.org:3478?transport=udp\",\"turns:turn.example.org:5349\"]," + secret
                + "\"credentialMinutes\":30,\"leases\":\"FAST\",\"graceMinutes\":0,"
                + "\"secondStun\":\"stun:stun.example.org:3478\"}";
    }

    private String tag() throws IOException, InterruptedException {
        return api("GET", null, "").headers().firstValue("ETag").orElseThrow();
    }

    private HttpResponse<String> put(@Nullable String tag, String body) throws IOException, InterruptedException {
        return api("PUT", tag, body);
    }

    private HttpResponse<String> api(String method, @Nullable String tag, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = browser.request(API)
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token);
        return browser.send(tag == null ? request : request.header("If-Match", tag));
    }
}
