package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessToken;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.NewToken;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.TokenScope;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;

/** What a token was made for, and until when. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class TokenScopesTests {

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final JdbcTemplate database;
    private final Clock clock;
    private final HubClient client;

    TokenScopesTests(
            HubFixture hub, AccessTokens tokens, JdbcTemplate database, Clock clock, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.database = database;
        this.clock = clock;
        this.client = new HubClient(port);
    }

    @Test
    void aTokenDoesWhatItWasMadeForAndNoMore() throws Exception {
        Subject boss = hub.administrator();
        String folder = "{\"name\":\"" + HubFixture.fresh("folder") + "\"}";
        String folders = "/api/v1/resources/00000000-0000-0000-0000-000000000001/folders";

        String read = token(boss, TokenScope.READ, null);
        assertThat(send(read, "GET", "/api/v1/library", "").statusCode()).isEqualTo(200);
        assertScope(send(read, "POST", folders, folder), "write");
        assertScope(send(read, "GET", "/api/v1/accounts", ""), "administer");
        assertScope(send(read, "GET", "/administration/people", ""), "administer");
        String write = token(boss, TokenScope.WRITE, null);
        assertThat(send(write, "POST", folders, folder).statusCode()).isEqualTo(201);
        assertScope(send(write, "GET", "/api/v1/groups", ""), "administer");
        assertScope(send(write, "PATCH", "/api/v1/accounts/" + boss.accountId(), "{}"), "administer");
        String administer = token(boss, TokenScope.ADMINISTER, null);
        assertThat(send(administer, "GET", "/api/v1/groups", "").statusCode()).isEqualTo(200);
    }

    @Test
    void noScopeGoesBeyondItsOwner() throws Exception {
        String members = token(hub.member(), TokenScope.ADMINISTER, null);

        assertThat(send(members, "GET", "/api/v1/accounts", "").body()).contains("\"code\":\"forbidden\"");
    }

    @Test
    void aTokenMakesNoneThatMayDoMoreOrForLonger() throws Exception {
        Subject member = hub.member();
        Instant end = clock.instant().plus(Duration.ofHours(1));
        String write = token(member, TokenScope.WRITE, end);

        assertThat(make(write, "\"scope\":\"ADMINISTER\",\"expiresAt\":\"" + end + "\""))
                .contains("insufficient-scope");
        assertThat(make(write, "\"scope\":\"WRITE\"")).contains("insufficient-scope");
        assertThat(make(write, "\"scope\":\"WRITE\",\"expiresAt\":\"" + end.plusSeconds(1) + "\""))
                .contains("insufficient-scope");
        assertThat(make(write, "\"scope\":\"WRITE\",\"expiresAt\":\"" + end + "\""))
                .contains("\"secret\":\"hmt_");
        assertThat(make(write, "\"expiresAt\":\"" + end + "\"")).contains("\"scope\":\"READ\"");
        assertThat(make(token(member, TokenScope.READ, null), "\"scope\":\"READ\""))
                .contains("insufficient-scope");
    }

    @Test
    void anEndedTokenIsRefusedAndNoneIsMadeEnded() throws Exception {
        Subject member = hub.member();
        Instant soon = clock.instant().plus(Duration.ofMinutes(5));
        String secret = token(member, TokenScope.READ, soon);
        database.update(
                "update access_tokens set expires_at = ? where account_id = ?",
                Timestamp.from(clock.instant().minusMillis(1)),
                member.accountId().value());

        assertThat(send(secret, "GET", "/api/v1/me", "").body()).contains("\"code\":\"token-invalid\"");
        String all = token(member, TokenScope.WRITE, null);
        assertThat(make(all, "\"expiresAt\":\"" + clock.instant().minusSeconds(1) + "\""))
                .contains("\"code\":\"invalid-value\"");
    }

    @Test
    void whenATokenWasUsedLastIsKnown() throws Exception {
        Subject member = hub.member();
        String secret = token(member, TokenScope.READ, null);
        assertThat(tokens.of(member.accountId()))
                .extracting(AccessToken::lastUsedAt)
                .containsOnlyNulls();

        Instant before = clock.instant();
        assertThat(send(secret, "GET", "/api/v1/me", "").statusCode()).isEqualTo(200);

        assertThat(tokens.of(member.accountId()).get(0).lastUsedAt()).isBetween(before, clock.instant());
    }

    @Test
    void thePageMakesATokenAndShowsItOnce() throws Exception {
        Subject member = hub.member();
        client.signIn(member.name(), HubFixture.PASSWORD);
        for (String name : List.of("nightly", "")) {
            client.form(
                    "/account/tokens",
                    Map.of("name", name, "scope", "WRITE", "days", "30", "_csrf", client.csrf("/account")));
            String page = client.get("/account").body();
            assertThat(page).contains(name.isEmpty() ? "A token&#39;s name has 1 to 64 characters" : ">hmt_");
            assertThat(client.get("/account").body()).doesNotContain("hmt_", "A token&#39;s name has");
        }

        AccessToken made = tokens.of(member.accountId()).get(0);
        assertThat(made.scope()).isEqualTo(TokenScope.WRITE);
        assertThat(made.expiresAt())
                .isBetween(
                        clock.instant().plus(Duration.ofDays(29)),
                        clock.instant().plus(Duration.ofDays(30)));
        client.form("/account/tokens/" + made.id() + "/revoke", Map.of("_csrf", client.csrf("/account")));
        assertThat(tokens.of(member.accountId())).isEmpty();
    }

    private String token(Subject owner, TokenScope scope, @Nullable Instant end) {
        return tokens.create(owner, new NewToken("test", scope, end)).secret();
    }

    private String make(String secret, String members) throws Exception {
        return send(secret, "POST", "/api/v1/tokens", "{\"name\":\"made\"," + members + "}")
                .body();
    }

    private HttpResponse<String> send(String secret, String method, String path, String body) throws Exception {
        return client.send(client.request(path)
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private static void assertScope(HttpResponse<String> answer, String needed) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer error=\"insufficient_scope\", scope=\"" + needed + "\"");
    }
}
