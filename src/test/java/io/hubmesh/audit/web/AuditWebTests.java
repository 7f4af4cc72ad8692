package io.hubmesh.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** The audit as administrators see it, on the page and over REST. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AuditWebTests {

    private static final String API = "/api/v1/audit";
    private static final String PAGE = "/administration/audit";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final LibraryChanges changes;
    private final HubClient client;

    AuditWebTests(HubFixture hub, AccessTokens tokens, LibraryChanges changes, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.changes = changes;
        this.client = new HubClient(port);
    }

    @Test
    void pagesFollowOneAnotherByTheirLinks() throws Exception {
        Resource folder = hub.folder();
        hub.grant(hub.member(), folder, Level.READ);
        Subject member = hub.member();
        hub.grant(member, folder, Level.WRITE);
        hub.withdraw(member, folder);

        HttpResponse<String> first = get(API + "?object=" + folder.id() + "&limit=2");
        assertThat(first.body())
                .contains("GRANT_WITHDRAWN", "The hub withdrew Write on", "The hub gave " + member.name() + " Write on")
                .doesNotContain("READ");
        Matcher next = NEXT.matcher(first.headers().firstValue("Link").orElseThrow());
        assertThat(next.matches()).isTrue();
        HttpResponse<String> second = get(next.group(1));
        assertThat(second.body()).contains("READ").doesNotContain("WRITE");
    }

    @Test
    void filtersThatMakeNoSenseAreRefused() throws Exception {
        assertThat(get(API + "?action=NONSENSE").statusCode()).isEqualTo(400);
        assertThat(get(API + "?from=yesterday").body()).contains("invalid-value");
        assertThat(get(API + "?before=x").statusCode()).isEqualTo(400);
        assertThat(get(API + "/export?format=pdf").body()).contains("malformed-request", "one of CSV, JSONL");
        assertThat(get("/api/v1/search").body()).contains("malformed-request", "\\\"name\\\" is missing");
        assertThat(get(API + "?from=2026-01-01T00:00:00Z&until=2999-01-01&limit=1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(API + "?until=2020-01-01").body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void anExportIsSafeForSpreadsheetsAndCompleteForCheckers() throws Exception {
        Resource folder = changes.createFolder(hub.administrator(), hub.folder().id(), "=HYPERLINK(1,'x')");
        hub.grant(hub.member(), folder, Level.READ);
        String id = folder.id().toString();

        HttpResponse<String> csv = get(API + "/export?format=CSV&object=" + id);
        assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("audit.csv");
        assertThat(csv.body())
                .startsWith("sequence,at,")
                .contains("\"'=HYPERLINK(1,'x')\"", id)
                .endsWith("\r\n");
        HttpResponse<String> lines = get(API + "/export?format=JSONL&object=" + id);
        assertThat(lines.body()).startsWith("{\"action\":\"GRANT_GIVEN\"").contains("\"hash\":\"");
        assertThat(get(API + "?action=AUDIT_EXPORTED&limit=1").body()).contains("AUDIT_EXPORTED");
    }

    @Test
    void itIsCheckedOverRestAndKeptAsLongAsAsked() throws Exception {
        assertThat(get(API + "/verification").body()).contains("\"sound\":true", "\"findings\":[]");
        HttpResponse<String> settings = get(API + "/settings");
        assertThat(settings.body()).contains("\"keepDays\":");
        String tag = settings.headers().firstValue("ETag").orElseThrow();

        assertThat(put(tag, "{\"keepDays\":7}").statusCode()).isEqualTo(400);
        assertThat(put(null, "{\"keepDays\":90}").statusCode()).isEqualTo(428);
        assertThat(put(tag, "{\"keepDays\":90}").body()).isEqualTo("{\"keepDays\":90}");
        assertThat(put(tag, "{\"keepDays\":91}").statusCode()).isEqualTo(412);
        assertThat(get(API + "?action=SETTINGS_CHANGED&limit=1").body()).contains("90 days");
    }

    @Test
    void aMemberSeesNothingOfIt() throws Exception {
        String token = tokens.create(hub.member(), "test").secret();
        for (String path : new String[] {API, API + "/export", API + "/verification", API + "/settings", PAGE}) {
            assertThat(client.send(client.request(path).header("Authorization", "Bearer " + token))
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void thePageTellsItInSentencesAndChecksTheChain() throws Exception {
        Resource folder = changes.createFolder(hub.administrator(), hub.folder().id(), HubFixture.fresh("plain"));
        hub.grant(hub.member(), folder, Level.READ);
        client.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);

        String page = client.get(PAGE + "?object=" + folder.id()).body();
        assertThat(page).contains("gave", folder.name(), "Export as CSV", "object=" + folder.id());
        assertThat(client.get(PAGE + "?text=nothing-like-that-was-ever-done").body())
                .contains("Nothing was recorded that fits");
        HttpResponse<String> unclear = client.get(PAGE + "?from=soon");
        assertThat(unclear.statusCode()).isEqualTo(422);
        assertThat(unclear.body()).contains("cannot be understood");

        HttpResponse<String> checked = client.form(PAGE + "/verification", Map.of("_csrf", client.csrf(PAGE)));
        assertThat(checked.statusCode()).isEqualTo(302);
        assertThat(client.get(PAGE).body()).contains("The chain is whole");
        client.form(PAGE + "/settings", Map.of("version", "0", "keepDays", "90", "_csrf", client.csrf(PAGE)));
        assertThat(client.get(PAGE).body()).contains("Somebody else has changed this");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(client.request(path).header("Authorization", "Bearer " + administrator()));
    }

    private HttpResponse<String> put(@Nullable String match, String body) throws Exception {
        var request = client.request(API + "/settings")
                .header("Authorization", "Bearer " + administrator())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body));
        return client.send(match == null ? request : request.header("If-Match", match));
    }

    private String administrator() {
        return tokens.create(hub.anotherAdministrator(), "test").secret();
    }
}
