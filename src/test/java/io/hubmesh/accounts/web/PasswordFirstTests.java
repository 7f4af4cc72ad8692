package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Credentials;
import io.hubmesh.accounts.Subject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Whose password somebody else has chosen can do nothing but choose another. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PasswordFirstTests {

    private static final String PAGE = "/account/password";
    private static final String OWN = "a password of my own";

    private final AccessTokens tokens;
    private final Subject member;
    private final String given;
    private final HubClient browser;

    PasswordFirstTests(HubFixture hub, Credentials credentials, AccessTokens tokens, @LocalServerPort int port)
            throws Exception {
        this.tokens = tokens;
        this.member = hub.member();
        this.given = credentials.reset(member.accountId());
        this.browser = new HubClient(port);
        browser.signIn(member.name(), given);
    }

    @Test
    void everyPageLeadsToTheOneAndTheApiSaysWhy() throws Exception {
        for (String page : List.of("/library", "/mesh", "/account", "/dashboard", "/", "/administration/people")) {
            HttpResponse<String> answer = browser.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(302);
            assertThat(location(answer)).as(page).endsWith(PAGE);
        }
        assertThat(browser.get(PAGE).body()).contains("Somebody else knows the password");
        for (String path : List.of("/api/v1/me", "/api/v1/library", "/api/v1/tokens", "/api/v1/mesh/socket")) {
            assertRefused(browser.get(path));
        }
    }

    @Test
    void tokensDoNotHelpAndComeBackWithTheNewPassword() throws Exception {
        String token = tokens.create(member, "test").secret();
        for (String path : List.of("/api/v1/me", "/api/v1/library", "/api/v1/mesh/socket", "/account/passwords")) {
            HttpResponse<String> answer =
                    browser.send(browser.request(path).header("Authorization", "Bearer " + token));
            assertThat(answer.statusCode()).as(path).isIn(302, 403);
        }

        change(given, OWN);

        HttpResponse<String> answer =
                browser.send(browser.request("/api/v1/me").header("Authorization", "Bearer " + token));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void whoHasChosenAnotherGoesOn() throws Exception {
        String before = cookie(browser.get(PAGE));
        HttpResponse<String> wrong = change("not the password", OWN);
        HttpResponse<String> same = change(given, given);
        HttpResponse<String> tooShort = change(given, "short");

        for (HttpResponse<String> refused : List.of(wrong, same, tooShort)) {
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("invalid-feedback").doesNotContain(given);
        }
        assertThat(location(browser.get("/library"))).endsWith(PAGE);
        HttpResponse<String> changed = change(given, OWN);
        assertThat(location(changed)).endsWith("/account");
        assertThat(cookie(changed))
                .as("the session has another id")
                .isNotEmpty()
                .isNotEqualTo(before);
        assertThat(browser.get("/library").statusCode()).isEqualTo(200);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> change(String current, String next) throws Exception {
        return browser.form(PAGE, Map.of("current", current, "next", next, "_csrf", browser.csrf(PAGE)));
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("HUBMESH="))
                .findFirst()
                .orElse("");
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"password-change-required\"");
    }
}
