package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Credentials;
import io.hubmesh.accounts.Devices;
import io.hubmesh.accounts.Subject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Sessions, as a browser lives through them. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SignInTests {

    private static final String ME = "/api/v1/me";

    private final HubFixture hub;
    private final Devices devices;
    private final Credentials credentials;
    private final HubClient browser;
    private final int port;

    SignInTests(HubFixture hub, Devices devices, Credentials credentials, @LocalServerPort int port) {
        this.hub = hub;
        this.devices = devices;
        this.credentials = credentials;
        this.port = port;
        this.browser = new HubClient(port);
    }

    @Test
    void theRightPasswordOpensTheLibrary() throws Exception {
        Subject member = hub.member();

        HttpResponse<String> answer = browser.signIn(member.name().toUpperCase(Locale.ROOT), HubFixture.PASSWORD);

        assertThat(location(answer)).endsWith("/library");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("HUBMESH=").contains("HttpOnly", "SameSite=Lax"));
        assertThat(browser.get(ME).body()).contains(member.name());
        assertThat(browser.get("/library").statusCode()).isEqualTo(200);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAndADisabledAccountAreAnsweredAlike() throws Exception {
        Subject disabled = hub.member();
        hub.disable(disabled);

        HttpResponse<String> wrong = browser.signIn(hub.member().name(), "not the password");
        HttpResponse<String> unknown = new HubClient(port).signIn("nobody-at-all", "not the password");
        HttpResponse<String> shut = new HubClient(port).signIn(disabled.name(), HubFixture.PASSWORD);

        assertThat(location(wrong)).endsWith("/sign-in?failed");
        for (HttpResponse<String> other : List.of(unknown, shut)) {
            assertThat(other.statusCode()).isEqualTo(wrong.statusCode());
            assertThat(location(other)).isEqualTo(location(wrong));
            assertThat(other.body()).isEqualTo(wrong.body());
        }
        assertThat(browser.get(ME).statusCode()).isEqualTo(401);
    }

    @Test
    void signingInGivesAnotherSession() throws Exception {
        browser.get("/sign-in");
        HttpResponse<String> answer = browser.signIn(hub.member().name(), HubFixture.PASSWORD);

        assertThat(answer.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("HUBMESH="));
    }

    @Test
    void whoIsNotSignedInIsSentToSignInAndAScriptIsTold() throws Exception {
        HttpResponse<String> page = browser.get("/library");
        HttpResponse<String> script = browser.get(ME);

        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(location(page)).endsWith("/sign-in");
        assertProblem(script, 401, "sign-in-required");
    }

    @Test
    void anEndedSessionSaysSo() throws Exception {
        String stale = "HUBMESH=0123456789ABCDEF0123456789ABCDEF";
        HttpResponse<String> page =
                browser.send(browser.request("/library").header("Cookie", stale).GET());
        HttpResponse<String> script =
                browser.send(browser.request(ME).header("Cookie", stale).GET());

        assertThat(location(page)).endsWith("/sign-in?expired");
        assertProblem(script, 401, "sign-in-required");
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        browser.signIn(hub.member().name(), HubFixture.PASSWORD);
        HttpResponse<String> out = browser.form("/sign-out", Map.of("_csrf", browser.csrf("/library")));

        assertThat(location(out)).endsWith("/sign-in?signed-out");
        assertThat(browser.get(ME).statusCode()).isEqualTo(401);
    }

    @Test
    void aDisabledAccountsSessionEndsWithTheNextRequest() throws Exception {
        Subject member = hub.member();
        browser.signIn(member.name(), HubFixture.PASSWORD);
        assertThat(browser.get(ME).statusCode()).isEqualTo(200);
        hub.disable(member);

        assertProblem(browser.get(ME), 401, "sign-in-required");
        assertThat(browser.get("/library").statusCode()).isEqualTo(302);
    }

    @Test
    void aStrangersRequestsLeaveNoSession() throws Exception {
        for (String path : List.of("/sign-in", "/library", "/assets/none.js", ME)) {
            HttpResponse<String> answer = new HubClient(port)
                    .send(browser.request(path).header("Accept", "text/html").GET());

            assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("HUBMESH="));
        }
    }

    @Test
    void signingInLeadsToThePageThatWasWanted() throws Exception {
        browser.send(browser.request("/dashboard").header("Accept", "text/html").GET());
        browser.send(browser.request("/favicon.ico").header("Accept", "image/*").GET());

        HttpResponse<String> answer = browser.signIn(hub.member().name(), HubFixture.PASSWORD);

        assertThat(location(answer)).endsWith("/dashboard");
    }

    @Test
    void guessesAreSlowedDownAndTheRightPasswordTooButNotForAKnownBrowser() throws Exception {
        String name = hub.member().name();
        HubClient known = new HubClient(port);
        known.signIn(name, HubFixture.PASSWORD);
        for (int i = 0; i < SignInAttempts.FREE_OF_A_NAME; i++) {
            assertThat(location(browser.signIn(name, "guess number " + i))).endsWith("?failed");
        }

        guessUntilTheWaitIsLong(name);
        assertThat(location(browser.signIn(name, HubFixture.PASSWORD))).contains("/sign-in?slow=");
        assertThat(browser.get("/sign-in?slow=150").body()).contains("Wait <span>3 minutes</span>");
        assertThat(browser.get("/sign-in?slow=%3Cb%3E").body()).contains("Wait <span>a minute</span>");
        assertThat(location(known.signIn(name, HubFixture.PASSWORD))).endsWith("/library");
        assertThat(location(new HubClient(port).signIn(hub.member().name(), HubFixture.PASSWORD)))
                .endsWith("/library");
    }

    /** So long that a sign-in comes to its end within it: on a slow machine, the first wait may be over before the next guess is there. */
    private void guessUntilTheWaitIsLong(String name) throws Exception {
        int letThrough = 0;
        long waitNanos = 0;
        long tookNanos = 0;
        while (waitNanos <= 3 * tookNanos) {
            long begun = System.nanoTime();
            HttpResponse<String> answer = browser.signIn(name, "one guess more");
            tookNanos = System.nanoTime() - begun;
            if (location(answer).endsWith("?failed")) {
                letThrough++;
                continue;
            }
            assertThat(location(answer)).contains("/sign-in?slow=");
            long seconds = answer.headers().firstValueAsLong("Retry-After").orElseThrow();
            assertThat(seconds).isBetween(1L, 3L << letThrough);
            waitNanos = TimeUnit.SECONDS.toNanos(seconds);
        }
    }

    @Test
    void whatKnowsABrowserAgainGoesToTheSignInOnlyAndHoldsForOneAccountAndPassword() throws Exception {
        Subject member = hub.member();
        HttpResponse<String> in = browser.signIn(member.name(), HubFixture.PASSWORD);
        String cookie = in.headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith("HUBMESH_DEVICE="))
                .findFirst()
                .orElseThrow();

        assertThat(cookie).contains("Path=/sign-in", "HttpOnly", "SameSite=Strict");
        String proof = cookie.substring("HUBMESH_DEVICE=".length(), cookie.indexOf(';'));
        assertThat(devices.recognise(member.name(), proof)).isPresent();
        assertThat(devices.recognise(hub.member().name(), proof)).isEmpty();
        assertThat(devices.recognise("nobody", proof)).isEmpty();
        String forged = proof.substring(0, proof.length() - 2) + (proof.endsWith("AA") ? "BB" : "AA");
        for (String wrong : List.of(forged, "", ".", "x".repeat(5000))) {
            assertThat(devices.recognise(member.name(), wrong)).isEmpty();
        }
        credentials.change(member, HubFixture.PASSWORD, "something else entirely", null);
        assertThat(devices.recognise(member.name(), proof)).isEmpty();
    }

    @Test
    void theCurrentPasswordIsNotGuessedByAStolenSession() throws Exception {
        browser.signIn(hub.member().name(), HubFixture.PASSWORD);
        HttpResponse<String> last = null;
        // one more than is free; on a slow machine the wait may be over by then, and the next one is longer
        for (int i = 0; i <= 2 * SignInAttempts.FREE_OF_A_NAME && (last == null || last.statusCode() != 429); i++) {
            last = browser.send(browser.request(ME + "/password")
                    .header("Content-Type", "application/json")
                    .header("X-CSRF-TOKEN", browser.csrf("/library"))
                    .POST(BodyPublishers.ofString("{\"current\":\"guess " + i + "\",\"next\":\"0123456789\"}")));
        }

        assertProblem(Objects.requireNonNull(last), 429, "too-many-requests");
    }

    @Test
    void aSignInPageThatWasOpenForTooLongIsGivenAnew() throws Exception {
        HttpResponse<String> answer = browser.form("/sign-in", Map.of("name", "mia", "password", "whatever it is"));

        assertThat(location(answer)).endsWith("/sign-in?expired");
    }

    @Test
    void anotherPasswordEndsTheOtherSessionsButNotThisOne() throws Exception {
        Subject member = hub.member();
        HubClient stolen = new HubClient(port);
        stolen.signIn(member.name(), HubFixture.PASSWORD);
        browser.signIn(member.name(), HubFixture.PASSWORD);

        HttpResponse<String> changed = browser.send(browser.request(ME + "/password")
                .header("Content-Type", "application/json")
                .header("X-CSRF-TOKEN", browser.csrf("/library"))
                .POST(BodyPublishers.ofString(
                        "{\"current\":\"" + HubFixture.PASSWORD + "\",\"next\":\"something else entirely\"}")));

        assertThat(changed.statusCode()).isEqualTo(204);
        assertThat(browser.get(ME).statusCode()).isEqualTo(200);
        assertProblem(stolen.get(ME), 401, "sign-in-required");
        assertThat(location(new HubClient(port).signIn(member.name(), HubFixture.PASSWORD)))
                .endsWith("?failed");
    }

    @Test
    void withoutTheTokenOfThePageNothingIsChanged() throws Exception {
        browser.signIn(hub.member().name(), HubFixture.PASSWORD);
        HttpResponse<String> answer = browser.send(browser.request("/api/v1/tokens")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"forged\"}")));

        assertProblem(answer, 403, "csrf-token-invalid");
        assertThat(browser.get("/api/v1/tokens").body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void everyAnswerCarriesTheHeadersThatProtect() throws Exception {
        HttpResponse<String> page = browser.get("/sign-in");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(page.body()).doesNotContain("<script>").doesNotContain(" onclick=");
    }

    @Test
    void aMemberDoesNotSeeTheAccounts() throws Exception {
        browser.signIn(hub.member().name(), HubFixture.PASSWORD);

        assertProblem(browser.get("/api/v1/accounts"), 403, "forbidden");
        assertThat(browser.get("/administration/people").statusCode()).isEqualTo(403);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }
}
