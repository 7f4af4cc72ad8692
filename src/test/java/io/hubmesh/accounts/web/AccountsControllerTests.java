package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.json.JsonMapper;

/** What administrators do about accounts over REST, and how soon those concerned feel it. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AccountsControllerTests {

    private static final String ME = "/api/v1/me";

    private final HubFixture hub;
    private final Accounts accounts;
    private final AccessTokens tokens;
    private final JsonMapper json;
    private final int port;
    private final String administrator;

    AccountsControllerTests(
            HubFixture hub, Accounts accounts, AccessTokens tokens, JsonMapper json, @LocalServerPort int port) {
        this.hub = hub;
        this.accounts = accounts;
        this.tokens = tokens;
        this.json = json;
        this.port = port;
        this.administrator = tokens.create(hub.administrator(), "accounts").secret();
    }

    @Test
    void anotherRoleHoldsFromTheNextRequestOn() throws Exception {
        Subject member = hub.member();
        HubClient browser = signedIn(member);
        String token = tokens.create(member, "test").secret();
        assertThat(get(token, "/api/v1/accounts").statusCode()).isEqualTo(403);

        HttpResponse<String> raised = patch(member, "{\"role\":\"ADMINISTRATOR\",\"displayName\":\"Mia L\"}");

        assertThat(raised.body()).contains("\"role\":\"ADMINISTRATOR\"", "\"displayName\":\"Mia L\"");
        assertThat(get(token, "/api/v1/accounts").statusCode()).isEqualTo(200);
        assertThat(browser.get(ME).statusCode()).isEqualTo(401);
        HubClient again = signedIn(member);
        patch(member, "{\"role\":\"MEMBER\"}");
        assertThat(get(token, "/api/v1/accounts").statusCode()).isEqualTo(403);
        assertThat(again.get(ME).statusCode()).isEqualTo(401);
    }

    @Test
    void theLastAdministratorStaysOne() throws Exception {
        List<Account> others = accounts.all().stream()
                .filter(account -> account.role() == Role.ADMINISTRATOR && account.enabled())
                .filter(account -> !account.name().equals("admin"))
                .toList();
        others.forEach(account -> accounts.setEnabled(account.id(), false));
        try {
            Subject admin = hub.administrator();
            assertProblem(patch(admin, "{\"role\":\"MEMBER\"}"), 409, "last-administrator");
            assertProblem(patch(admin, "{\"displayName\":\"x\",\"enabled\":false}"), 409, "last-administrator");
            assertThat(accounts.find(admin.accountId()))
                    .map(Account::displayName)
                    .as("all or nothing")
                    .contains("Administrator");
            assertThat(patch(admin, "{\"role\":\"ADMINISTRATOR\"}").statusCode())
                    .isEqualTo(200);
        } finally {
            others.forEach(account -> accounts.setEnabled(account.id(), true));
        }
    }

    @Test
    void sessionsAndTokensOfADisabledAccountEndAtOnceAndTokensAreBackWithIt() throws Exception {
        Subject member = hub.member();
        HubClient browser = signedIn(member);
        String token = tokens.create(member, "test").secret();
        assertThat(get(token, ME).statusCode()).isEqualTo(200);

        patch(member, "{\"enabled\":false}");
        assertProblem(get(token, ME), 401, "token-invalid");
        assertProblem(browser.get(ME), 401, "sign-in-required");
        patch(member, "{\"enabled\":true}");
        assertThat(get(token, ME).statusCode()).isEqualTo(200);
        assertProblem(browser.get(ME), 401, "sign-in-required");
    }

    @Test
    void aPasswordIsResetAndOnlyTheNewOneOpens() throws Exception {
        Subject member = hub.member();
        HubClient browser = signedIn(member);

        HttpResponse<String> reset = send("POST", "/api/v1/accounts/" + member.accountId() + "/password", "");

        String password = json.readTree(reset.body()).get("generatedPassword").asString();
        assertThat(browser.get(ME).statusCode()).isEqualTo(401);
        assertThat(location(new HubClient(port).signIn(member.name(), HubFixture.PASSWORD)))
                .endsWith("?failed");
        assertThat(location(new HubClient(port).signIn(member.name(), password)))
                .endsWith("/library");
    }

    @Test
    void aPersonIsSignedOutEverywhereOrInOnePlace() throws Exception {
        Subject member = hub.member();
        HubClient one = signedIn(member);
        HubClient two = signedIn(member);
        String sessions = "/api/v1/accounts/" + member.accountId() + "/sessions";
        var listed = json.readTree(send("GET", sessions, "").body()).get("items");
        assertThat(listed.size()).isEqualTo(2);
        assertThat(listed.get(0).get("address").asString()).isEqualTo("127.0.0.1");

        String latest = listed.get(0).get("id").asString();
        assertThat(send("DELETE", sessions + "/" + latest, "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", sessions + "/" + latest, "").statusCode()).isEqualTo(404);
        assertThat(List.of(one.get(ME).statusCode(), two.get(ME).statusCode())).containsExactlyInAnyOrder(200, 401);
        assertThat(send("DELETE", sessions, "").statusCode()).isEqualTo(204);
        assertThat(one.get(ME).statusCode()).isEqualTo(401);
        assertThat(send("GET", sessions, "").body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void whatDoesNotExistOrSaysNothingIsRefused() throws Exception {
        String nobody = "/api/v1/accounts/" + UUID.randomUUID();

        for (String id : List.of(nobody, "/api/v1/accounts/admin")) {
            assertProblem(send("GET", id, ""), 404, "not-found");
            assertProblem(send("POST", id + "/password", ""), 404, "not-found");
            assertProblem(send("DELETE", id + "/sessions", ""), 404, "not-found");
            assertProblem(send("PATCH", id, "{\"enabled\":true}"), 404, "not-found");
        }
        assertProblem(patch(hub.member(), "{}"), 400, "invalid-value");
        assertProblem(patch(hub.member(), "{\"displayName\":\"" + "x".repeat(129) + "\"}"), 400, "invalid-value");
        assertProblem(patch(hub.member(), "{\"role\":\"OWNER\"}"), 400, "malformed-request");
    }

    private HubClient signedIn(Subject member) throws Exception {
        HubClient browser = new HubClient(port);
        assertThat(location(browser.signIn(member.name(), HubFixture.PASSWORD))).endsWith("/library");
        assertThat(browser.get(ME).statusCode()).isEqualTo(200);
        return browser;
    }

    private HttpResponse<String> patch(Subject who, String body) throws Exception {
        return send("PATCH", "/api/v1/accounts/" + who.accountId(), body);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HubClient client = new HubClient(port);
        return client.send(client.request(path)
                .header("Authorization", "Bearer " + administrator)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String token, String path) throws Exception {
        HubClient client = new HubClient(port);
        return client.send(
                client.request(path).header("Authorization", "Bearer " + token).GET());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
