package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Personal access tokens, as a script lives through them. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class TokensTests {

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final JdbcTemplate database;
    private final JsonMapper json;
    private final HubClient client;

    TokensTests(
            HubFixture hub, AccessTokens tokens, JdbcTemplate database, JsonMapper json, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.database = database;
        this.json = json;
        this.client = new HubClient(port);
    }

    @Test
    void aTokenIsShownOnceKeptHashedAndWorksUntilItIsRevoked() throws Exception {
        Subject member = hub.member();
        String first = tokens.create(member, "first").secret();
        HttpResponse<String> made = client.send(client.request("/api/v1/tokens")
                .header("Authorization", "Bearer " + first)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"second\"}")));
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode second = json.readTree(made.body());
        String secret = second.get("secret").asString();

        assertThat(secret).startsWith("hmt_");
        assertThat(get(secret, "/api/v1/tokens").body()).contains("second").doesNotContain(secret);
        List<String> kept = database.queryForList("select secret_hash from access_tokens", String.class);
        assertThat(kept).noneMatch(hash -> hash.contains(secret) || secret.contains(hash));

        HttpResponse<String> revoked =
                client.send(client.request("/api/v1/tokens/" + second.get("id").asString())
                        .header("Authorization", "Bearer " + first)
                        .DELETE());
        assertThat(revoked.statusCode()).isEqualTo(204);
        assertRefused(get(secret, "/api/v1/me"));
        assertThat(get(first, "/api/v1/me").statusCode()).isEqualTo(200);
    }

    /** There is nothing to sign out of; the framework's own address for it would be one more that nobody has asked for. */
    @Test
    void aTokenSignsNobodyOut() throws Exception {
        String secret = tokens.create(hub.member(), "out").secret();
        assertThat(get(secret, "/logout").statusCode()).isEqualTo(404);
        assertThat(get(secret, "/api/v1/me").statusCode()).isEqualTo(200);
    }

    /** Else as many newcomers as the pool has connections would each hold one and wait for another. */
    @Test
    void aNewcomerNeedsOneConnectionToTheDatabaseAtATime() throws Exception {
        String secret = tokens.create(hub.member(), "newcomer").secret();
        HikariDataSource pool = Objects.requireNonNull(database.getDataSource()).unwrap(HikariDataSource.class);
        List<Connection> others = new ArrayList<>();
        try {
            while (others.size() < pool.getMaximumPoolSize() - 1) {
                others.add(pool.getConnection());
            }
            assertThat(get(secret, "/api/v1/me").statusCode()).isEqualTo(200);
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }

    @Test
    void nobodyRevokesAnothersToken() throws Exception {
        AccessTokens.Created theirs = tokens.create(hub.member(), "theirs");
        String mine = tokens.create(hub.member(), "mine").secret();

        HttpResponse<String> answer =
                client.send(client.request("/api/v1/tokens/" + theirs.token().id())
                        .header("Authorization", "Bearer " + mine)
                        .DELETE());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(get(theirs.secret(), "/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void anAdministratorSeesAndRevokesThem() throws Exception {
        Subject member = hub.member();
        AccessTokens.Created theirs = tokens.create(member, "nightly <b>upload</b>");
        client.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);
        String page = "/administration/people/" + member.accountId();
        assertThat(client.get("/api/v1/accounts/" + member.accountId() + "/tokens")
                        .body())
                .contains("nightly", theirs.token().id().toString())
                .doesNotContain(theirs.secret());
        assertThat(client.get(page).body()).contains("nightly &lt;b&gt;upload").doesNotContain(theirs.secret());

        client.form(page + "/tokens/" + theirs.token().id() + "/revoke", Map.of("_csrf", client.csrf("/account")));

        assertThat(client.get(page).body()).contains("The token is revoked.", "They have no token.");
        assertRefused(get(theirs.secret(), "/api/v1/me"));
        assertThat(client.get("/api/v1/audit?action=TOKEN_WITHDRAWN&limit=1").body())
                .contains("of " + member.name());
    }

    @Test
    void aDisabledOwnersTokenEndsAtOnce() throws Exception {
        Subject member = hub.member();
        String secret = tokens.create(member, "test").secret();
        assertThat(get(secret, "/api/v1/me").statusCode()).isEqualTo(200);
        hub.disable(member);

        assertRefused(get(secret, "/api/v1/me"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "hmt_", "hmt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoTokenIsRefused(String secret) throws Exception {
        assertRefused(get(secret, "/api/v1/me"));
    }

    @Test
    void aMembersTokenDoesNotReachTheAccounts() throws Exception {
        HttpResponse<String> answer = get(tokens.create(hub.member(), "test").secret(), "/api/v1/accounts");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"forbidden\"");
    }

    @Test
    void aTokenMakesNoSession() throws Exception {
        HttpResponse<String> answer = get(tokens.create(hub.member(), "test").secret(), "/api/v1/me");

        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    private HttpResponse<String> get(String secret, String path) throws Exception {
        return client.send(
                client.request(path).header("Authorization", "Bearer " + secret).GET());
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(answer.body()).contains("\"code\":\"token-invalid\"");
    }
}
