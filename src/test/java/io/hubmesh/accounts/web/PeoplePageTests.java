package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Subject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** The page of people without any script: plain forms, redirects, errors beside their fields. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PeoplePageTests {

    private static final String PEOPLE = "/administration/people";
    private static final Pattern GENERATED = Pattern.compile("<code data-copy-target=\"text\">([^<]+)</code>");

    private final HubFixture hub;
    private final Accounts accounts;
    private final HubClient browser;
    private final int port;

    PeoplePageTests(HubFixture hub, Accounts accounts, @LocalServerPort int port) {
        this.hub = hub;
        this.accounts = accounts;
        this.port = port;
        this.browser = new HubClient(port);
    }

    @BeforeEach
    void signIn() throws Exception {
        browser.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);
    }

    @Test
    void aGeneratedPasswordIsShownOnceAndOpensTheHub() throws Exception {
        String name = HubFixture.fresh("mia");

        HttpResponse<String> answer = create(name, "Mia <b>Lindqvist</b>", "");

        assertThat(answer.statusCode()).isEqualTo(302);
        String shown = browser.get(PEOPLE).body();
        assertThat(shown).contains(name, "Mia &lt;b&gt;Lindqvist&lt;/b&gt;").doesNotContain("<b>Lindqvist");
        Matcher password = GENERATED.matcher(shown);
        assertThat(password.find()).isTrue();
        assertThat(browser.get(PEOPLE).body()).doesNotContain(password.group(1));
        HttpResponse<String> signedIn = new HubClient(port).signIn(name, password.group(1));
        assertThat(signedIn.headers().firstValue("Location").orElseThrow()).endsWith("/library");
    }

    @Test
    void aRefusalStandsBesideItsFieldAndKeepsWhatWasTyped() throws Exception {
        HttpResponse<String> name = create("Not A Name", "Somebody", "");
        HttpResponse<String> taken = create("admin", "", "");
        HttpResponse<String> password = create(HubFixture.fresh("bo"), "", "short");

        assertThat(name.statusCode()).isEqualTo(422);
        assertThat(name.body()).contains("is-invalid", "value=\"Not A Name\"", "value=\"Somebody\"");
        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(taken.body()).contains("There is already an account named admin");
        assertThat(password.statusCode()).isEqualTo(422);
        assertThat(password.body())
                .contains("A password has 10 to 128 characters")
                .doesNotContain("value=\"short\"");
    }

    @Test
    void anAccountIsDisabledAndEnabledAgain() throws Exception {
        Subject member = hub.member();

        setEnabled(member, false);
        assertThat(accounts.find(member.accountId())).map(Account::enabled).contains(false);
        setEnabled(member, true);
        assertThat(accounts.find(member.accountId())).map(Account::enabled).contains(true);
    }

    @Test
    void membersDoNotReachItAndForgedFormsChangeNothing() throws Exception {
        Subject member = hub.member();
        HubClient memberBrowser = new HubClient(port);
        memberBrowser.signIn(member.name(), HubFixture.PASSWORD);

        assertThat(memberBrowser.get(PEOPLE).statusCode()).isEqualTo(403);
        HttpResponse<String> forged =
                browser.form(PEOPLE + "/" + member.accountId() + "/enabled", Map.of("enabled", "false"));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(accounts.find(member.accountId())).map(Account::enabled).contains(true);
    }

    private HttpResponse<String> create(String name, String displayName, String password)
            throws IOException, InterruptedException {
        return browser.form(
                PEOPLE,
                Map.of(
                        "name", name,
                        "displayName", displayName,
                        "password", password,
                        "role", "MEMBER",
                        "_csrf", browser.csrf(PEOPLE)));
    }

    private void setEnabled(Subject member, boolean enabled) throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.form(
                PEOPLE + "/" + member.accountId() + "/enabled",
                Map.of("enabled", String.valueOf(enabled), "_csrf", browser.csrf(PEOPLE)));
        assertThat(answer.statusCode()).isEqualTo(302);
    }
}
