package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.LiveSession;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.Subject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Where somebody is signed in, how it ends, and what nobody gets by planting or forging. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SessionsTests {

    /** Of one account; see Sessions. */
    private static final int MOST_SESSIONS = 50;

    private static final String ME = "/api/v1/me";
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0";

    private final Subject member;
    private final Subject other;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final int port;

    SessionsTests(HubFixture hub, Sessions sessions, AccessTokens tokens, @LocalServerPort int port) {
        this.member = hub.member();
        this.other = hub.member();
        this.sessions = sessions;
        this.tokens = tokens;
        this.port = port;
    }

    @Test
    void thePageSaysWhereAndEndsAnotherOne() throws Exception {
        HubClient here = signedIn(member);
        HubClient there = signedIn(member);
        HubClient firefox = new HubClient(port);
        firefox.send(signIn(firefox, member, HubFixture.PASSWORD).header("User-Agent", FIREFOX));

        String page = here.get("/account").body();
        assertThat(page).contains("Firefox on Linux", "127.0.0.1", ">here<");
        LiveSession there1 = sessions.of(member.accountId()).stream()
                .filter(session -> session.browser().equals("Firefox on Linux"))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> ended =
                here.form("/account/sessions/" + there1.id() + "/end", Map.of("_csrf", here.csrf("/account")));

        assertThat(ended.statusCode()).isEqualTo(302);
        assertThat(firefox.get(ME).statusCode()).isEqualTo(401);
        assertThat(here.get(ME).statusCode()).isEqualTo(200);
        assertThat(there.get(ME).statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyEndsOrSeesAnothersSession() throws Exception {
        HubClient theirs = signedIn(other);
        HubClient mine = signedIn(member);
        LiveSession session = sessions.of(other.accountId()).get(0);

        assertThat(mine.get("/api/v1/me/sessions").body())
                .doesNotContain(session.id().toString());
        HttpResponse<String> answer = mine.send(mine.request("/api/v1/me/sessions/" + session.id())
                .header("X-CSRF-TOKEN", mine.csrf("/account"))
                .DELETE());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(theirs.get(ME).statusCode()).isEqualTo(200);
    }

    @Test
    void signingOutEverywhereEndsThemAllAndNobodyElses() throws Exception {
        HubClient theirs = signedIn(other);
        HubClient here = signedIn(member);
        HubClient there = signedIn(member);

        HttpResponse<String> out = here.form("/account/sessions/end", Map.of("_csrf", here.csrf("/account")));

        assertThat(out.headers().firstValue("Location").orElseThrow()).contains("/sign-in?signed-out");
        assertThat(here.get(ME).statusCode()).isEqualTo(401);
        assertThat(there.get(ME).statusCode()).isEqualTo(401);
        assertThat(theirs.get(ME).statusCode()).isEqualTo(200);
        assertThat(sessions.of(member.accountId())).isEmpty();
    }

    @Test
    void aSessionThatWasSignedOutIsNoLongerListed() throws Exception {
        HubClient browser = signedIn(member);
        for (int i = 0; i < 3; i++) {
            signedIn(member);
        }
        assertThat(sessions.of(member.accountId())).hasSize(4);
        HttpResponse<String> out = browser.form("/sign-out", Map.of("_csrf", browser.csrf("/account")));

        assertThat(out.statusCode()).isEqualTo(302);
        assertThat(sessions.of(member.accountId())).hasSize(3);
    }

    @Test
    void whoSignsInOnceMoreThanMayBeEndsTheOneThatWasUsedLongestAgo() throws Exception {
        HubClient used = signedIn(member);
        HubClient forgotten = signedIn(member);
        used.get(ME);
        for (int others = MOST_SESSIONS - 2; others > 0; others--) {
            signedIn(member);
        }
        assertThat(sessions.of(member.accountId())).hasSize(MOST_SESSIONS);
        assertThat(used.get(ME).statusCode()).isEqualTo(200);

        signedIn(member);

        assertThat(sessions.of(member.accountId())).hasSize(MOST_SESSIONS);
        assertThat(forgotten.get(ME).statusCode()).isEqualTo(401);
        assertThat(used.get(ME).statusCode()).isEqualTo(200);
    }

    @Test
    void aPlantedSessionIsNotTakenOver() throws Exception {
        HubClient victim = new HubClient(port);
        String planted = "HUBMESH=0123456789ABCDEF0123456789ABCDEF";
        HttpResponse<String> in =
                victim.send(signIn(victim, member, HubFixture.PASSWORD).header("Cookie", planted));

        assertThat(cookie(in)).startsWith("HUBMESH=").isNotEqualTo(planted);
        HubClient attacker = new HubClient(port);
        assertThat(attacker.send(attacker.request(ME).header("Cookie", planted)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void signingInGivesTheSessionAnotherId() throws Exception {
        HubClient browser = new HubClient(port);
        String first = cookie(browser.signIn(member.name(), HubFixture.PASSWORD));
        String second = cookie(browser.signIn(other.name(), HubFixture.PASSWORD));

        assertThat(second).startsWith("HUBMESH=").isNotEqualTo(first);
        HubClient thief = new HubClient(port);
        assertThat(thief.send(thief.request(ME).header("Cookie", first)).statusCode())
                .isEqualTo(401);
        assertThat(browser.get(ME).body()).contains(other.name());
        assertThat(sessions.of(member.accountId())).isEmpty();
        assertThat(sessions.of(other.accountId())).hasSize(1);
    }

    @Test
    void aSignInThatAnotherPageForgedIsRefused() throws Exception {
        HubClient attacker = new HubClient(port);
        String attackers = attacker.csrf("/sign-in");
        HubClient victim = new HubClient(port);
        victim.get("/sign-in");

        HttpResponse<String> forged = victim.form(
                "/sign-in", Map.of("name", other.name(), "password", HubFixture.PASSWORD, "_csrf", attackers));

        assertThat(forged.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?expired");
        assertThat(victim.get(ME).statusCode()).isEqualTo(401);
    }

    @Test
    void theTokenAgainstForgeryIsAnotherOneOnceSignedIn() throws Exception {
        HubClient browser = new HubClient(port);
        String before = browser.csrf("/sign-in");
        browser.signIn(member.name(), HubFixture.PASSWORD);

        HttpResponse<String> answer = browser.form(
                "/account/tokens", Map.of("name", "forged", "scope", "WRITE", "days", "0", "_csrf", before));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(tokens.of(member.accountId())).isEmpty();
    }

    private HubClient signedIn(Subject who) throws Exception {
        HubClient browser = new HubClient(port);
        browser.signIn(who.name(), HubFixture.PASSWORD);
        assertThat(browser.get(ME).statusCode()).isEqualTo(200);
        return browser;
    }

    private static HttpRequest.Builder signIn(HubClient browser, Subject who, String password) throws Exception {
        String csrf = URLEncoder.encode(browser.csrf("/sign-in"), StandardCharsets.UTF_8);
        String form = "name=" + who.name() + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8)
                + "&_csrf=" + csrf;
        return browser.request("/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("HUBMESH="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }
}
